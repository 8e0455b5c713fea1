// The button that asks the browser where the phone is, and fills the form's hidden fields. Without script, without
// permission or without a signal the place is typed as words: nothing depends on it.

document.querySelectorAll("[data-locate]").forEach((button) => {
  if (!navigator.geolocation) return;
  const form = button.closest("form");
  const said = form.querySelector("[data-located]");
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = coords.latitude.toFixed(6);
        form.elements.longitude.value = coords.longitude.toFixed(6);
        form.elements.accuracy_m.value = Math.round(coords.accuracy);
        said.textContent = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)} ± ${Math.round(coords.accuracy)} m`;
      },
      () => {
        said.textContent = button.dataset.failed;
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
    );
  });
});
