// The marking form. It holds the marks of one answer in the browser, so that no key is lost while
// the server works, and hands the whole of them over at every step. Python says what is marked.

const forms = new WeakMap()
const EVERYWHERE = "touches-partout" // kept in the browser: whether keys are those of the page
const LONGEST_PAUSE = 120_000 // milliseconds without a sign of life that still count as reading
const PAUSE_IN_TYPING = 400 // milliseconds, after which a text is handed over
const WHY_DISCARDED =
  "Dites en commentaire pourquoi vous écartez cette réponse, puis choisissez « Écarter »."

export default function (component) {
  const root = component.parentElement
  if (!forms.has(root)) forms.set(root, new Form(root, component.data))
  const form = forms.get(root)
  form.update(component)
  return () => form.close()
}

class Form {
  constructor(root, data) {
    this.root = root
    this.data = data
    this.marks = structuredClone(data.marks)
    this.visit = Math.random().toString(36).slice(2)
    this.active = 0 // milliseconds
    this.seen = performance.now()
    this.draw()
    this.listen()
    this.current = this.groups.find(group => !group.value()) ?? this.groups[0]
    this.remind()
    if (!data.readonly) this.open()
  }

  update({ data, setStateValue, setTriggerValue }) {
    this.setState = setStateValue
    this.setTrigger = setTriggerValue
    this.state.textContent = data.state
    const isHandled = data.handled !== this.data.handled
    this.data = data
    if (isHandled) this.unlock()
    this.handOverAgain()
  }

  // A server that was started anew knows nothing of what was marked while it was away.
  handOverAgain() {
    const isKnown = this.data.visit === this.visit
    const isNeeded = this.hasHanded && !isKnown && !this.isHandedAgain
    this.isHandedAgain = !isKnown && (this.isHandedAgain || isNeeded)
    if (isNeeded) this.changed()
  }

  open() {
    document.querySelector(".st-key-rated")?.scrollIntoView() // question and form at the top
    this.current?.focus({ preventScroll: true })
  }

  close() {
    this.flush()
    this.stop.abort()
  }

  draw() {
    const { data, marks } = this
    const find = name => this.root.querySelector(name)
    this.box = find("form")
    this.state = find(".etat")
    this.missing = find("form > .manque")
    this.reminder = find(".rappel")
    this.box.classList.toggle("compare", !data.corrects)
    this.groups = drawSections(find(".groupes"), data.sections, marks)
    const texts = find(".textes")
    if (data.corrects) {
      this.corrected = drawText(texts, data.corrects, 6, marks.corrected_answer)
      this.corrected.parentElement.after(button("Partir de la réponse", () => this.copyAnswer()))
      this.articles = new Articles(texts, data, marks.right_articles, () => this.changed())
    }
    this.comment = drawText(texts, data.comments, 2, marks.comment)
    for (const { kind, label, primary } of data.actions) {
      const made = button(label, () => this.act(kind))
      made.classList.toggle("principal", primary)
      find(".actions").append(made)
    }
    drawKeys(find(".touches dl"), data.keys)
    this.everywhere = find(".partout")
    this.everywhere.checked = stored(EVERYWHERE) !== "non"
    if (data.readonly) {
      for (const field of this.box.querySelectorAll("input, textarea, select, .textes button")) {
        field.disabled = true
      }
    }
  }

  copyAnswer() {
    this.corrected.value = this.data.answer
    this.corrected.focus()
    this.changed()
  }

  // Show what each level of the current group means.
  remind() {
    const group = this.current
    this.reminder.hidden = !group?.levels[0].meaning
    if (!this.reminder.hidden) drawReminder(this.reminder, group)
  }

  listen() {
    this.stop = new AbortController()
    const { signal } = this.stop
    this.box.addEventListener("submit", event => event.preventDefault())
    this.everywhere.addEventListener("change", () => {
      store(EVERYWHERE, this.everywhere.checked ? "oui" : "non")
    })
    for (const group of this.groups) {
      group.box.addEventListener("focusin", () => {
        this.current = group
        this.remind()
      })
      group.box.addEventListener("change", () => this.mark(group))
    }
    for (const field of [this.corrected, this.comment].filter(Boolean)) {
      field.addEventListener("input", () => this.later())
      field.addEventListener("blur", () => this.flush())
    }
    document.addEventListener("keydown", event => this.press(event), { signal })
    for (const name of ["keydown", "pointermove", "pointerdown", "wheel"]) {
      document.addEventListener(name, () => this.live(), { signal, passive: true })
    }
    document.addEventListener("visibilitychange", () => this.flush(), { signal })
    addEventListener("pagehide", () => this.flush(), { signal })
  }

  press(event) {
    const [target] = event.composedPath()
    const isInside = event.composedPath().includes(this.root)
    if (this.isLocked || event.defaultPrevented) return
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const meant = this.isDiscarding ? "discard" : this.data.actions[0].kind
      if (isInside || isNowhere(target)) this.take(event, () => this.act(meant))
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return
    if (!isInside && !this.everywhere.checked) return
    const letter = { KeyS: "next", KeyP: "previous", KeyE: "discard" }[event.code]
    if (letter && this.data.actions.some(action => action.kind === letter)) {
      this.take(event, () => this.act(letter))
    }
    if (this.data.readonly) return
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code) // without Shift on AZERTY, too
    if (digit) this.take(event, () => this.choose(Number(digit[1]) - 1))
    if (isInside && event.key === "Backspace") this.take(event, () => this.clear())
  }

  take(event, then) {
    event.preventDefault()
    event.stopPropagation()
    then()
  }

  choose(place) {
    const group = this.current
    if (!group?.inputs[place]) return
    const isCorrected = group.value() !== undefined
    group.inputs[place].checked = true
    this.mark(group)
    const next = this.groupAfter(group, isCorrected)
    if (next) next.focus()
    else if (group.part === "preferences") this.comment.focus()
    else this.box.querySelector(".principal")?.focus({ preventScroll: true }) // it is always seen
  }

  // The next group of its part that has no mark; for who corrects, the next one. Citations come
  // after sentences; after the criteria, which alone are required, everything can be sent.
  groupAfter(group, isCorrected) {
    const part = this.groups.filter(one => one.part === group.part)
    const place = part.indexOf(group)
    const others = [...part.slice(place + 1), ...part.slice(0, place)]
    const empty = others.find(one => one.value() === undefined)
    const citations = group.part === "sentences" ? this.groups : []
    const citation = citations.find(one => one.part === "citations" && one.value() === undefined)
    return empty ?? (isCorrected ? part[place + 1] : undefined) ?? citation
  }

  clear() {
    for (const input of this.current?.inputs ?? []) input.checked = false
    if (this.current) this.mark(this.current)
  }

  mark(group) {
    if (group.value() === undefined) delete this.marks[group.part][group.key]
    else this.marks[group.part][group.key] = group.value()
    this.missing.textContent = ""
    this.isDiscarding = false
    this.remind()
    this.changed()
  }

  act(kind) {
    const isMissing = group =>
      this.data.required.includes(group.part) && group.value() === undefined
    const missing = kind === "submit" && this.groups.find(isMissing)
    if (missing) return this.miss(`Il manque : ${missing.name}.`, missing)
    if (kind === "discard" && !this.comment.value.trim()) {
      this.isDiscarding = true
      return this.miss(WHY_DISCARDED, this.comment)
    }
    clearTimeout(this.timer)
    this.timer = undefined
    this.lock(true)
    this.setTrigger("action", { kind, marks: this.given() })
  }

  miss(message, field) {
    field.focus()
    this.missing.textContent = message
  }

  lock(isLocked) {
    this.isLocked = isLocked
    this.box.setAttribute("aria-busy", String(isLocked))
  }

  // What was asked is done, or refused; where it led to no other answer, this form goes on.
  unlock() {
    this.missing.textContent = this.data.refusal
    this.lock(false)
    if (this.isBehind) this.changed()
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), PAUSE_IN_TYPING)
  }

  flush() {
    if (this.timer !== undefined) this.changed()
  }

  changed() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.isBehind = this.isLocked // then it is handed over with what comes after
    if (!this.data.saves || this.isLocked) return
    this.state.textContent = "Enregistrement…"
    this.setState("marks", this.given())
  }

  given() {
    this.live()
    this.hasHanded = true
    return {
      ...structuredClone(this.marks),
      item: this.data.item,
      corrected_answer: this.corrected?.value ?? "",
      right_articles: this.articles?.listed ?? [],
      comment: this.comment.value,
      visit: this.visit,
      seconds: Math.round(this.active / 100) / 10,
    }
  }

  live() {
    const now = performance.now()
    if (!document.hidden) this.active += Math.min(now - this.seen, LONGEST_PAUSE)
    this.seen = now
  }
}
