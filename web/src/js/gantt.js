export function drawGantt() {}
