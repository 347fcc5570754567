// What the marking form is made of. Everything that others wrote goes in as text.

function drawSections(place, sections, marks) {
  const groups = []
  for (const { title, groups: described } of sections) {
    const section = element("section")
    if (title) section.append(element("h3", title))
    for (const one of described) groups.push(drawGroup(section, one, marks[one.part][one.key]))
    place.append(section)
  }
  return groups
}

function drawGroup(section, { part, key, name, quote, levels }, chosen) {
  const box = element("fieldset", "", part)
  const row = element("div", "", "niveaux")
  const inputs = levels.map((level, place) => {
    const input = element("input")
    Object.assign(input, { type: "radio", name: `${part}-${key}`, value: level.value })
    input.checked = level.value === chosen
    const shown = element("span", level.label)
    shown.title = level.meaning || `Touche ${place + 1}`
    if (level.meaning) input.setAttribute("aria-label", `${level.label} : ${level.meaning}`)
    const choice = element("label")
    choice.append(input, shown)
    row.append(choice)
    takeBackOnSecondClick(choice, input)
    return input
  })
  box.append(element("legend", name), ...(quote ? [element("p", quote, "extrait")] : []), row)
  section.append(box)
  const value = () => inputs.find(input => input.checked)?.value
  const focus = options => {
    (inputs.find(input => input.checked) ?? inputs[0]).focus(options)
    if (!options) box.scrollIntoView({ block: "nearest" })
  }
  return { part, key, name, levels, box, inputs, value, focus }
}

function takeBackOnSecondClick(choice, input) {
  let wasChecked = false
  choice.addEventListener("pointerdown", () => { wasChecked = input.checked })
  input.addEventListener("click", () => {
    if (wasChecked && input.checked) {
      input.checked = false
      input.dispatchEvent(new Event("change", { bubbles: true }))
    }
    wasChecked = false
  })
}

function drawText(place, { label }, rows, value) {
  const field = element("textarea")
  Object.assign(field, { rows, value, maxLength: 20000 })
  const named = element("label", "", "champ")
  named.append(element("span", label), field)
  place.append(named)
  return field
}

function drawReminder(place, group) {
  const list = element("ol")
  for (const { value, meaning } of group.levels) {
    list.append(element("li", meaning, value === group.value() ? "choisi" : ""))
  }
  place.replaceChildren(element("strong", group.name), list)
}

function drawKeys(place, keys) {
  for (const [pressed, meaning] of keys) {
    place.append(element("dt", pressed), element("dd", meaning))
  }
}

// The articles that answer, where the answer cites others: pairs of instrument and number.
class Articles {
  constructor(place, data, listed, changed) {
    this.known = data.instruments
    this.listed = structuredClone(listed)
    this.changed = changed
    this.list = element("ul")
    this.text = element("select")
    this.text.setAttribute("aria-label", "Texte")
    for (const { number, name } of this.known) this.text.add(new Option(name, number))
    const isKnown = this.known.some(one => one.number === data.instrument)
    if (isKnown) this.text.value = data.instrument
    this.number = element("input")
    Object.assign(this.number, { type: "text", placeholder: "Article", maxLength: 50 })
    this.number.setAttribute("aria-label", "Numéro de l’article")
    this.number.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      this.add()
    })
    this.wrong = element("p", "", "manque")
    this.wrong.setAttribute("role", "alert")
    const row = element("div", "", "ligne")
    row.append(this.text, this.number, button("Ajouter", () => this.add()))
    const box = element("fieldset", "", "articles")
    box.append(element("legend", "Articles justes, si la réponse en cite d’autres"))
    box.append(this.list, row, this.wrong)
    place.append(box)
    this.show()
  }

  add() {
    const typed = this.number.value.trim().toLowerCase()
    const text = this.known.find(one => one.number === this.text.value)
    if (!typed || !text) return
    const number = text.articles.find(one => one.toLowerCase() === typed)
    this.wrong.textContent = number ? "" : `${text.name} n’a pas d’article « ${typed} ».`
    if (!number) return
    this.listed = [...this.without(text.number, number), [text.number, number]]
    this.number.value = ""
    this.show()
    this.changed()
  }

  remove(instrument, number) {
    this.listed = this.without(instrument, number)
    this.show()
    this.number.focus()
    this.changed()
  }

  without(instrument, number) {
    return this.listed.filter(([i, n]) => i !== instrument || n !== number)
  }

  show() {
    const lines = this.listed.map(([instrument, number]) => {
      const name = this.known.find(one => one.number === instrument)?.name ?? instrument
      const line = element("li", `Article ${number}, ${name}`)
      const remove = button("Retirer", () => this.remove(instrument, number))
      remove.setAttribute("aria-label", `Retirer l’article ${number}`)
      line.append(remove)
      return line
    })
    this.list.replaceChildren(...lines)
  }
}

function element(name, text = "", style = "") {
  const made = document.createElement(name)
  if (style) made.className = style
  made.textContent = text
  return made
}

function button(label, act) {
  const made = element("button", label)
  made.type = "button"
  made.addEventListener("click", act)
  return made
}

function isTyping(target) {
  const isInput = target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type)
  return isInput || target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName)
}

function isNowhere(target) {
  return target === document.body || target === document.documentElement
}

function stored(name) {
  try {
    return localStorage.getItem(name)
  } catch {
    return null // a browser may forbid it
  }
}

function store(name, value) {
  try {
    localStorage.setItem(name, value)
  } catch {
    // then the choice lasts as long as the page
  }
}
