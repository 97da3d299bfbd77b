// SPDX-License-Identifier: AGPL-3.0-or-later
// Chooses the place of the list that is nearest to this device. The position is compared here and forgotten: it is
// sent nowhere. Without this script one chooses by hand.
(() => {
  const button = document.getElementById("here");
  const list = document.getElementById("near");
  if (!button || !list || !navigator.geolocation || !window.isSecureContext) return;
  const said = document.getElementById("here-said");
  const say = (what) => { said.textContent = button.getAttribute("data-" + what); };
  // To a kilometre: the nearest town is the same.
  const coarse = (degrees) => Math.round(degrees * 100) / 100;

  const choose = (latitude, longitude, places) => {
    let best = null;
    let least = 100;
    for (const option of list.options) {
      const at = places[option.value];
      if (!at) continue;
      const north = at[0] - latitude;
      const east = (at[1] - longitude) * Math.cos(latitude * Math.PI / 180);
      const kilometres = Math.hypot(north, east) * 111;
      if (kilometres < least) { least = kilometres; best = option; }
    }
    if (!best) return say("far");
    list.value = best.value;
    document.getElementById("postcode").value = "";
    said.textContent = button.getAttribute("data-found") + " " + best.text;
  };

  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    say("looking");
    navigator.geolocation.getCurrentPosition(
      (position) => {
        const latitude = coarse(position.coords.latitude);
        const longitude = coarse(position.coords.longitude);
        fetch(button.getAttribute("data-places"))
          .then((answer) => answer.json())
          .then((places) => choose(latitude, longitude, places))
          .catch(() => say("failed"));
      },
      () => say("failed"),
      { maximumAge: 600000, timeout: 15000 });
  });
})();
