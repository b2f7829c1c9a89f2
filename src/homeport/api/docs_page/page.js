"use strict";
const api = JSON.parse(document.getElementById("document").textContent);

/** Make an element: its tag, its attributes, its children (elements or text). */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Turn text with `code` in backticks into nodes. */
function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part));
}

/** Follow a reference, and put together what `allOf` names. */
function resolve(schema) {
  if (schema.$ref) return resolve(api.components.schemas[schema.$ref.split("/").pop()]);
  if (!schema.allOf) return schema;
  const parts = [schema, ...schema.allOf.map(resolve)];
  return {
    type: "object",
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})),
    required: parts.flatMap((part) => part.required ?? []),
  };
}

function withoutNull(schema) {
  const some = (schema.anyOf ?? []).filter((one) => one.type !== "null");
  return some.length === 1 ? resolve(some[0]) : schema;
}

/** Say in words what a schema allows. */
function words(schema) {
  const bare = withoutNull(resolve(schema));
  if (bare.enum) return bare.enum.filter((value) => value !== null && value !== "").join(" | ");
  if (bare.anyOf) return [...new Set(bare.anyOf.filter((one) => one.type !== "null").map(words))].filter(Boolean).join(" | ");
  if (bare.type === "array") return `array of ${words(bare.items ?? {})}`;
  const limits = [];
  if (bare.minimum !== undefined) limits.push(`${bare.minimum} to ${bare.maximum ?? "…"}`);
  if (bare.minLength !== undefined) limits.push(`${bare.minLength} to ${bare.maxLength} characters`);
  if (bare.pattern) limits.push(bare.pattern);
  const name = bare.format ?? bare.type ?? "any JSON";
  return limits.length ? `${name}, ${limits.join(", ")}` : name;
}

/** Draw the fields of an object as a nested list; null when it has none. */
function fields(schema, depth = 0) {
  let bare = withoutNull(resolve(schema));
  if (bare.type === "array") bare = withoutNull(resolve(bare.items ?? {}));
  const names = Object.keys(bare.properties ?? {});
  if (!names.length || depth > 8) return null;
  const needed = new Set(bare.required ?? []);
  return make("ul", { class: "fields" }, ...names.map((name) => field(name, bare.properties[name], needed, depth)));
}

function field(name, schema, needed, depth) {
  const star = needed.has(name) ? make("span", { class: "needed", title: "required" }, "*") : null;
  const about = schema.$ref || !schema.description ? "" : schema.description;
  const kind = about && !schema.type ? "" : words(schema);
  const type = make("span", { class: "type" }, ` ${[kind, about].filter(Boolean).join(". ")}`);
  return make("li", {}, make("code", {}, name), star, type, fields(schema, depth + 1));
}

function fold(title, content, open = false) {
  return content && make("details", open ? { open: "" } : {}, make("summary", {}, title), content);
}

function parameters(list) {
  if (!list.length) return null;
  const rows = list.map((one) =>
    make(
      "tr",
      {},
      make("td", {}, make("code", {}, one.name), one.required ? make("span", { class: "needed" }, "*") : null),
      make("td", {}, one.in),
      make("td", {}, ...prose(one.description), make("span", { class: "type" }, ` ${words(one.schema)}`)),
    ),
  );
  return make("table", {}, make("tbody", {}, ...rows));
}

function responses(all) {
  const rows = Object.entries(all).map(([status, answer]) => {
    const content = Object.values(answer.content ?? {})[0];
    const codes = answer.description.split("; ").map((one) => make("li", {}, ...prose(one)));
    const list = make("ul", { class: "codes" }, ...codes);
    const body = status < 300 && content?.schema ? fields(content.schema) : null;
    return make("tr", {}, make("td", { class: "status" }, status), make("td", {}, list, body));
  });
  return make("table", {}, make("tbody", {}, ...rows));
}

/** An example of a value, from its schema. */
function sample(schema) {
  const bare = withoutNull(resolve(schema));
  if (bare.examples) return bare.examples[0];
  if (bare.enum) return bare.enum[0];
  if (bare.type === "array") return [sample(bare.items ?? {})];
  if (bare.type === "integer" || bare.type === "number") return bare.minimum ?? 1;
  if (bare.type === "boolean") return true;
  if (bare.properties) {
    const needed = new Set([...(bare.required ?? []), "api_version", "kind"]);
    const names = Object.keys(bare.properties).filter((name) => needed.has(name));
    return Object.fromEntries(names.map((name) => [name, sample(bare.properties[name])]));
  }
  return bare.type === "object" ? {} : "…";
}

function curl(path, method, operation) {
  const lines = [`curl -sS${method === "get" ? "" : ` -X ${method.toUpperCase()}`} "${location.origin}${path}"`];
  if (operation.security.length) lines.push('-H "X-Auth-Token: $TOKEN"');
  for (const one of operation.parameters)
    if (one.in === "header" && one.required) lines.push(`-H "${one.name}: …"`);
  const body = operation.requestBody?.content["application/json"].schema;
  if (body) lines.push("-H \"Content-Type: application/json\"", `-d '${JSON.stringify(sample(body))}'`);
  return lines.join(" \\\n  ");
}

function example(text) {
  const button = make("button", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  return make("div", { class: "example" }, button, make("pre", { tabindex: "0" }, make("code", {}, text)));
}

function drawOperation(path, method, operation) {
  const body = operation.requestBody?.content["application/json"].schema;
  return make(
    "article",
    { id: operation.operationId },
    make("h3", {}, make("a", { href: `#${operation.operationId}` }, operation.operationId)),
    make("p", { class: "summary" }, `${operation.summary}.`),
    operation.description ? make("p", { class: "summary faint" }, ...prose(operation.description)) : null,
    make("p", { class: "call" }, make("span", { class: `method ${method}` }, method.toUpperCase()), make("code", {}, path)),
    fold("Parameters", parameters(operation.parameters)),
    fold("Body", body && fields(body), true),
    fold("Answers", responses(operation.responses)),
    fold("curl", example(curl(path, method, operation))),
  );
}

function link(method, operation) {
  const label = make("span", { class: `method ${method}` }, method === "delete" ? "DEL" : method.toUpperCase());
  return make("li", {}, make("a", { href: `#${operation.operationId}` }, label, operation.operationId));
}

const all = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    group: operation.tags[0],
    entry: link(method, operation),
    article: drawOperation(path, method, operation),
    text: `${method} ${path} ${JSON.stringify(operation)}`.toLowerCase(),
  })),
);

function draw() {
  document.getElementById("version").textContent = api.info.version;
  document.getElementById("about").append(...prose(api.info.description));
  for (const scheme of Object.values(api.components.securitySchemes))
    document.getElementById("security").append(
      make("dt", {}, make("code", {}, scheme.name)),
      make("dd", {}, ...prose(scheme.description)),
    );
  for (const { name } of api.tags) {
    const group = all.filter((one) => one.group === name);
    const list = make("div", { "data-group": "" }, make("h2", {}, name), make("ul", {}, ...group.map((one) => one.entry)));
    document.getElementById("groups").append(list);
    const section = make("section", { "data-group": "" }, make("h2", {}, name), ...group.map((one) => one.article));
    document.getElementById("operations").append(section);
  }
}

function filter(wanted) {
  let shown = 0;
  for (const one of all) {
    const hide = !one.text.includes(wanted);
    one.entry.hidden = one.article.hidden = hide;
    shown += hide ? 0 : 1;
  }
  for (const group of document.querySelectorAll("[data-group]"))
    group.hidden = !group.querySelector("li:not([hidden]) > a, article:not([hidden])");
  document.getElementById("nothing").hidden = shown > 0;
}

draw();
const box = document.getElementById("filter");
box.addEventListener("input", () => filter(box.value.trim().toLowerCase()));
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target === box) return;
  event.preventDefault();
  box.focus();
});
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView({ behavior: "instant" });
