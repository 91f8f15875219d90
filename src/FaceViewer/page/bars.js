import { colorOf, describeFace, percent } from './drawing.js';

// Each face with its smoothed distributions as bars. Elements are kept as long as the face is there.

const PAUSE = 200; // Milliseconds: people don't read faster, and old tablets have other things to do.

export function Bars(container) {
  const shown = {};
  let last = 0;

  function add(parent, name, text) {
    const element = document.createElement('div');
    element.className = name;
    if (text !== undefined) element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function makeBar(parent, label) {
    const bar = add(parent, 'bar');
    add(bar, 'label', label);
    const value = add(add(bar, 'track'), 'value');
    return { element: bar, value: value, number: add(bar, 'number') };
  }

  function update(entry, face) {
    entry.element.style.borderColor = colorOf(face.emotion.label);
    entry.title.textContent = face.id + ': ' + describeFace(face) + (face.age.known ? ' ± ' + Math.round(face.age.standard_deviation) : '');
    const there = {};
    face.emotion.distribution.concat(face.gender.distribution).forEach(function (item) {
      there[item.label] = true;
      const bar = entry.bars[item.label] || (entry.bars[item.label] = makeBar(entry.element, item.label));
      bar.value.style.width = percent(item.probability);
      bar.number.textContent = percent(item.probability);
    });
    removeOthers(entry.bars, there);
  }

  // Takes away what is not there any more.
  function removeOthers(entries, there) {
    Object.keys(entries).forEach(function (key) {
      if (there[key]) return;
      entries[key].element.parentNode.removeChild(entries[key].element);
      delete entries[key];
    });
  }

  this.show = function (faces) {
    const now = Date.now();
    if (now - last < PAUSE) return;
    last = now;
    const there = {};
    faces.forEach(function (face) {
      there[face.id] = true;
      let entry = shown[face.id];
      if (!entry) {
        const element = add(container, 'face');
        element.setAttribute('data-face', face.id);
        entry = shown[face.id] = { element: element, title: element.appendChild(document.createElement('strong')), bars: {} };
      }
      update(entry, face);
    });
    removeOthers(shown, there);
  };
}
