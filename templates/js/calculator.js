// The page's script: takes away what is said to readers without scripts and brings each form to life.
//
// The rest lies in the runtime folder under plain names (templates/js/app), so that its modules can import each
// other; that folder's name is a hash of all of them, and a page always gets the ones it was built with.

const FAILED = "这个表单的程序没有下载完整，暂时不能算。请检查网络后重新打开本页；页面上已经算好的例子照常可看。";

for (const fallback of document.querySelectorAll("[data-no-script]")) {
  fallback.hidden = true;
}

for (const form of document.querySelectorAll("form[data-calculator]")) {
  // Before anything can fail or take its time: nothing the reader types may leave the page.
  form.addEventListener("submit", (event) => event.preventDefault());
  try {
    const { bringToLife } = await import(new URL(`${form.dataset.runtime}${form.dataset.client ?? "form.js"}`, document.baseURI));
    bringToLife(form);
  } catch (error) {
    console.error(error);
    const progress = form.querySelector("[data-progress]");
    progress.textContent = FAILED;
    progress.hidden = false;
  }
}
