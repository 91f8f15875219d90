import { percent } from './drawing.js';

// The smaller panels: situation, diagnostics and explanation.

const LEVELS = ['', 'Warning: ', 'Error: ', 'Stale: '];

export function showSituation(element, situation) {
  element.hidden = false;
  element.className = situation.alert ? 'alert' : '';
  const words = situation.sentence === '' ? 'No sentence' : '“' + situation.sentence + '”';
  const text = words + ' · danger: ' + situation.danger + ' (' + percent(situation.danger_probability) + ')' + (situation.alert ? ' · ALERT' : '');
  if (element.textContent !== text) element.textContent = text; // A screen reader need not say it again.
}

export function showDiagnostics(messageElement, table, status) {
  const text = LEVELS[status.level] + status.message;
  if (messageElement.textContent !== text) messageElement.textContent = text;
  const body = table.tBodies[0];
  const keys = Object.keys(status.values);
  while (body.rows.length > keys.length) body.deleteRow(-1);
  keys.forEach(function (key, i) {
    const row = body.rows[i] || body.insertRow(-1);
    while (row.cells.length < 2) row.insertCell(-1);
    row.cells[0].textContent = key;
    row.cells[1].textContent = status.values[key];
  });
}

// Explanations come as long as they are shown, one after the other.
export function ExplanationPanel(button, image, message) {
  let isOn = false, turn = 0;

  // Of the turn in which it was shown: what an earlier one still waits for is of no interest.
  function next(own) {
    if (!isOn || own !== turn) return;
    fetch('/v1/explanation', { credentials: 'same-origin' }).then(function (answer) {
      if (answer.ok) return answer.blob();
      return answer.json().then(function (problem) { throw new Error(problem.detail); });
    }).then(function (blob) {
      if (!isOn || own !== turn) return;
      const old = image.src;
      image.src = URL.createObjectURL(blob);
      if (old) URL.revokeObjectURL(old);
      image.hidden = false;
      image.alt = 'Face, guided back-propagation, gradient and Grad-CAM side by side';
      message.textContent = 'Red speaks for it where the face gets brighter, blue where it gets darker; Grad-CAM shows which regions count.';
      setTimeout(next, 100, own);
    }).catch(function (error) {
      if (!isOn || own !== turn) return;
      image.hidden = true; // The last one may be of somebody who has gone, or of before privacy was asked for.
      message.textContent = error.message;
      setTimeout(next, 2000, own);
    });
  }

  button.addEventListener('click', function () {
    isOn = !isOn;
    turn++;
    button.setAttribute('aria-pressed', String(isOn));
    button.textContent = isOn ? 'Hide' : 'Show';
    image.hidden = true;
    message.textContent = isOn ? 'Loading' : '';
    next(turn);
  });
}
