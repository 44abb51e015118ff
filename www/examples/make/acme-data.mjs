// The Pinecone-like company: who works where, and what is built there.
// Codes of a member: o organization owner, u organization user, b billing admin, s suspended, "" no role chosen.

export const people = [
  ["ana.moreau@acme.example", "Ana Moreau", { acme: "o" }],
  ["bo.lindqvist@acme.example", "Bo Lindqvist", { acme: "u" }],
  ["chiara.rossi@acme.example", "Chiara Rossi", { acme: "b", "acme-research": "b" }],
  ["noor.haddad@partner.example", "Noor Haddad", {}],
  ["diego.fernandez@acme.example", "Diego Fernández", { acme: "o", "acme-research": "u" }],
  ["emma.johansson@acme.example", "Emma Johansson", { acme: "u" }],
  ["farid.rahimi@acme.example", "Farid Rahimi", { acme: "u" }],
  ["grace.kim@acme.example", "Grace Kim", { acme: "u" }],
  ["hugo.martin@acme.example", "Hugo Martin", { acme: "u" }],
  ["ines.costa@acme.example", "Inês Costa", { acme: "" }],
  ["jack.obrien@acme.example", "Jack O'Brien", { acme: "u" }],
  ["kavya.iyer@acme.example", "Kavya Iyer", { acme: "u", "acme-research": "u" }],
  ["liam.walsh@acme.example", "Liam Walsh", { acme: "u" }],
  ["mei.tanaka@acme.example", "Mei Tanaka", { acme: "u", "acme-research": "u" }],
  ["nadia.petrova@acme.example", "Nadia Petrova", { acme: "ub" }],
  ["omar.said@acme.example", "Omar Said", { acme: "u", "acme-ventures": "u" }],
  ["priya.nair@acme.example", "Priya Nair", { acme: "u" }],
  ["quentin.dubois@acme.example", "Quentin Dubois", { acme: "u" }],
  ["rosa.alvarez@acme.example", "Rosa Álvarez", { acme: "u" }],
  ["sven.berg@acme.example", "Sven Berg", { acme: "u", "acme-research": "u" }],
  ["tomas.novak@acme.example", "Tomáš Novák", { acme: "us" }],
  ["uma.shah@acme.example", "Uma Shah", { acme: "u" }],
  ["victor.popescu@acme.example", "Victor Popescu", { acme: "u" }],
  ["wen.li@acme.example", "Wen Li", { acme: "" }],
  ["xavier.blanc@studio.example", "Xavier Blanc", { acme: "u" }],
  ["yara.khalil@acme.example", "Yara Khalil", { acme: "u" }],
  ["zoe.adams@acme.example", "Zoe Adams", { acme: "b" }],
  ["paul.weiss@studio.example", "Paul Weiss", { acme: "u" }],
  ["aiko.sato@acme.example", "Aiko Sato", { "acme-research": "o" }],
  ["ben.carter@acme.example", "Ben Carter", { "acme-research": "u" }],
  ["clara.nowak@acme.example", "Clara Nowak", { "acme-research": "u" }],
  ["david.mensah@acme.example", "David Mensah", { "acme-research": "o" }],
  ["elena.popova@acme.example", "Elena Popova", { "acme-research": "u" }],
  ["felix.braun@acme.example", "Felix Braun", { "acme-research": "u" }],
  ["gita.rao@acme.example", "Gita Rao", { "acme-research": "u" }],
  ["hana.suzuki@acme.example", "Hana Suzuki", { "acme-research": "" }],
  ["ivan.horvat@acme.example", "Ivan Horvat", { "acme-research": "us" }],
  ["julia.stone@ventures.example", "Julia Stone", { "acme-ventures": "o" }],
  ["karl.meyer@ventures.example", "Karl Meyer", { "acme-ventures": "u" }],
  ["lucia.ferrari@ventures.example", "Lucia Ferrari", { "acme-ventures": "b" }],
];

export const organizations = [
  ["acme", "Acme", "enterprise", "ana.moreau@acme.example"],
  ["acme-research", "Acme Research", "standard", "aiko.sato@acme.example"],
  ["acme-ventures", "Acme Ventures", "starter", "julia.stone@ventures.example"],
];

export const groups = [
  ["search-team", "acme", "Search team", ["bo.lindqvist", "emma.johansson", "grace.kim", "hugo.martin"]],
  ["data-platform", "acme", "Data platform", ["kavya.iyer", "liam.walsh", "mei.tanaka", "sven.berg", "uma.shah"]],
  ["support-tools", "acme", "Support tools", ["farid.rahimi", "jack.obrien", "priya.nair", "rosa.alvarez"]],
  ["evaluation", "acme-research", "Evaluation", ["ben.carter", "clara.nowak", "elena.popova", "kavya.iyer"]],
];

export const serviceAccounts = [
  { id: "ci", organization: "acme", name: "Continuous integration", roles: ["organization_user"] },
  { id: "terraform", organization: "acme", name: "Terraform", roles: ["organization_user"] },
  { id: "usage-export", organization: "acme", name: "Usage export", roles: ["organization_billing_admin"] },
  { id: "nightly-backup", organization: "acme", name: "Nightly backup", roles: [] },
  { id: "old-deploy", organization: "acme", name: "Old deployment script", roles: ["organization_user"], suspended: true },
  { id: "nightly-evaluation", organization: "acme-research", name: "Nightly evaluation", roles: ["organization_user"] },
];

/** Projects whose members are drawn. The organizations' hand-written ones are in acme.mjs. */
export const projects = {
  acme: [
    "Catalog deduplication", "Recommendations", "Image similarity", "Help center answers", "Churn insights",
    "Onboarding assistant", "Email triage", "Price matching", "Review moderation", "Store locator", "Call transcripts",
    "Log anomalies", "Sales enablement", "Knowledge base", "Translation memory", "Ad creative", "Invoice matching",
    "Supplier portal", "Returns analysis", "Loyalty offers", "Web personalization", "Legal archive",
  ],
  "acme-research": [
    "Paper search", "Protein embeddings", "Benchmark suite", "Hybrid ranking", "Long context", "Multilingual retrieval",
    "Speech index", "Chemical similarity", "Sparse experiments", "Rerank lab", "Dataset catalog", "Grant archive",
    "Reading group", "Lab notebooks", "Query logs", "Synthetic corpora", "Vision lab", "Thesis archive",
  ],
};

export const keyNames = ["production", "staging", "notebook", "batch jobs"];
