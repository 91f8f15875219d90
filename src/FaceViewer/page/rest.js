// The REST interface.

// Gives a promise of the answer; an error's message is the detail of the problem.
export function ask(method, path, body) {
  return fetch(path, {
    method: method, credentials: 'same-origin',
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body)
  }).then(function (answer) {
    if (answer.ok) return answer;
    return answer.json().then(function (problem) { return problem.detail || problem.title; }, function () { return 'The viewer answered ' + answer.status; })
      .then(function (message) { throw new Error(message); });
  });
}
