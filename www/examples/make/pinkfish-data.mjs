// The Pinkfish-like company: who works where, in which team, and what is shared there.
// Codes of a member: a admin, m member, s suspended, "" no role chosen. The last field of a person is the team.

export const people = [
  ["maya@brightside.example", "Maya Okafor", { brightside: "a", "brightside-staging": "a" }, "it"],
  ["jonas@brightside.example", "Jonas Weber", { brightside: "m" }, "sales"],
  ["ravi@brightside.example", "Ravi Menon", { brightside: "m", "brightside-staging": "m" }, "data"],
  ["kit@lumen.example", "Kit Sandoval", {}, ""],
  ["alice@brightside.example", "Alice Huang", { brightside: "m" }, "sales"],
  ["bruno@brightside.example", "Bruno Keller", { brightside: "m" }, "sales"],
  ["carmen@brightside.example", "Carmen Ruiz", { brightside: "" }, "sales"],
  ["daniel@brightside.example", "Daniel Osei", { brightside: "m" }, "sales"],
  ["esther@brightside.example", "Esther Lang", { brightside: "m" }, "marketing"],
  ["fatima@brightside.example", "Fatima Zahra", { brightside: "m" }, "marketing"],
  ["gabriel@brightside.example", "Gabriel Santos", { brightside: "m" }, "marketing"],
  ["helen@brightside.example", "Helen Brandt", { brightside: "m" }, "marketing"],
  ["isaac@brightside.example", "Isaac Cohen", { brightside: "m" }, "support"],
  ["jana@brightside.example", "Jana Dvořák", { brightside: "m" }, "support"],
  ["kofi@brightside.example", "Kofi Asante", { brightside: "m" }, "support"],
  ["lea@brightside.example", "Léa Fontaine", { brightside: "m" }, "support"],
  ["marco@brightside.example", "Marco Bianchi", { brightside: "a" }, "finance"],
  ["nina@brightside.example", "Nina Larsen", { brightside: "m" }, "finance"],
  ["oliver@brightside.example", "Oliver Grant", { brightside: "m" }, "finance"],
  ["paula@brightside.example", "Paula Mendes", { brightside: "m" }, "people"],
  ["quinn@brightside.example", "Quinn Taylor", { brightside: "m" }, "people"],
  ["rachel@brightside.example", "Rachel Stern", { brightside: "m" }, "people"],
  ["samir@brightside.example", "Samir Patel", { brightside: "m", "brightside-staging": "m" }, "data"],
  ["tara@brightside.example", "Tara Quinlan", { brightside: "m", "brightside-staging": "m" }, "data"],
  ["uri@brightside.example", "Uri Levin", { brightside: "m" }, "data"],
  ["vera@brightside.example", "Vera Ivanova", { brightside: "m", "brightside-staging": "m" }, "engineering"],
  ["will@brightside.example", "Will Harper", { brightside: "m", "brightside-staging": "m" }, "engineering"],
  ["xenia@brightside.example", "Xenia Papadaki", { brightside: "m", "brightside-staging": "m" }, "engineering"],
  ["yusuf@brightside.example", "Yusuf Demir", { brightside: "m", "brightside-staging": "m" }, "engineering"],
  ["zara@brightside.example", "Zara Ahmed", { brightside: "m", "brightside-staging": "" }, "it"],
  ["adam@brightside.example", "Adam Kowalski", { brightside: "m", "brightside-staging": "m" }, "it"],
  ["bella@brightside.example", "Bella Thorne", { brightside: "ms" }, "support"],
  ["cyril@brightside.example", "Cyril Dupont", { brightside: "m" }, "finance"],
  ["dora@agency.example", "Dora Nemeth", { brightside: "m" }, "marketing"],
  ["sam@fernway.example", "Sam Fern", { brightside: "m", fernway: "a" }, "marketing"],
  ["elio@contract.example", "Elio Greco", { "brightside-staging": "m" }, "engineering"],
  ["freya@contract.example", "Freya Nilsson", { "brightside-staging": "m" }, "engineering"],
  ["greta@contract.example", "Greta Vogel", { "brightside-staging": "m" }, "data"],
  ["henry@northgate.example", "Henry Walters", {}, ""],
  ["iris@northgate.example", "Iris Bellamy", {}, ""],
];

export const organizations = [
  ["brightside", "Brightside", "enterprise", "maya@brightside.example"],
  ["brightside-staging", "Brightside Staging", "team", "maya@brightside.example"],
  ["fernway", "Fernway", "free", "sam@fernway.example"],
];

export const teams = {
  sales: "Sales", marketing: "Marketing", support: "Customer support", finance: "Finance",
  people: "People operations", data: "Data", engineering: "Engineering", it: "IT",
};

export const automations = {
  sales: [
    "Lead routing", "Renewal reminders", "Quote follow-up", "Pipeline digest", "Deal desk approvals", "Account research",
    "Meeting notes to CRM", "Win-loss summary", "Territory rebalancing", "Contract hand-over",
  ],
  marketing: [
    "Campaign recap", "Webinar sign-ups", "Newsletter draft", "Social listening", "Keyword report", "Event badge import",
    "Brand mention alerts", "Landing page checks", "Content calendar sync",
  ],
  support: [
    "Ticket triage", "Refund approvals", "Escalation watch", "Macro suggestions", "Satisfaction survey", "Backlog digest",
    "Outage notices", "Language detection", "Warranty look-up",
  ],
  finance: [
    "Invoice matching", "Expense audit", "Month-end checklist", "Payment reminders", "Vendor onboarding", "Budget variance",
    "Card reconciliation", "Purchase approvals",
  ],
  people: [
    "New hire onboarding", "Interview scheduling", "Leave balance report", "Offer letters", "Exit checklist", "Training reminders",
    "Birthday notes",
  ],
  data: [
    "Churn scoring", "Dashboard refresh", "Schema drift alert", "Event deduplication", "Cohort export", "Metric anomalies",
    "Customer health score", "Enrichment run",
  ],
  engineering: [
    "Release notes", "Incident timeline", "Dependency review", "Flaky test report", "On-call hand-over", "Log summary",
    "Staging data reset", "Feature flag clean-up",
  ],
  it: ["Laptop orders", "Access review", "Licence clean-up", "Password reset help", "Device inventory", "Mailbox archive"],
};

export const scopes = ["EMEA", "North America", "APAC", "Latin America", "enterprise accounts", "self-serve", "partners", "pilot"];

export const systems = [
  ["Salesforce", "sales"], ["HubSpot", "marketing"], ["Zendesk", "support"], ["NetSuite", "finance"], ["Workday", "people"],
  ["Snowflake", "data"], ["GitHub", "engineering"], ["Okta", "it"], ["Slack", "it"], ["Gmail", "it"], ["Google Sheets", "data"],
  ["Stripe", "finance"], ["Jira", "engineering"], ["Notion", "people"], ["Airtable", "marketing"], ["Shopify", "sales"],
  ["Twilio", "support"], ["Amazon S3", "data"], ["BigQuery", "data"], ["Greenhouse", "people"], ["DocuSign", "sales"],
  ["Zoom", "it"], ["Mailchimp", "marketing"], ["Intercom", "support"], ["Google Ads", "marketing"], ["PagerDuty", "engineering"],
];

export const purposes = ["production", "read only", "reporting", "EMEA workspace", "service user", "sandbox", "archive", "migration"];

export const stores = {
  data_store: ["Health scores", "Account notes", "Survey answers", "Ticket history", "Campaign results", "Price list", "Vendor register"],
  file_store: ["Contracts", "Brand assets", "Invoices", "Call recordings", "Training videos", "Release archives"],
  vault: ["Payment credentials", "Partner keys", "Signing certificates", "Database passwords"],
};
