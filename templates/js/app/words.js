// Every sentence the scripts say by themselves. What a policy says comes from the calculator, never from here.

const EXAMPLES_STAY = "页面上已经算好的例子照常可看，您填的内容也都还在。";

export const WORDS = {
  preparing: "正在准备计算程序……",
  starting: "下载完了，正在启动计算程序。较旧的手机上可能要等十几秒。",
  calculating: "正在计算……",
  answer: "按您填的算",
  retry: "再试一次",
  errorTitle: "错误：",
  summary: "有几处要改一下",
  curve: "看总费用从少到多，各付多少",
  curveAway: "收起这张图",
  drawing: "正在画……",
  notDrawn: "这张图没有画出来，上面的结果不受影响。请再按一次。",
  choosePlace: "请选一个地方。",
  samePlace: "这个地方上面选过了，请换一个，或者不选。",
  chooseDay: "请填一个日期。",
  copied: "复制好了，可以粘贴给家里人。",
  copyByHand: "没能自动复制。链接已经选中，请长按或按右键复制。",
  otherVersion: "这个链接是别的版本写的，本页读不懂，请重新填。",
  dropped: (names) => `链接里有几项本页不认识，没有用上：${names.join("、")}。其余的已经填好，请看一遍。`,
  waitingForChange: "按上面的提示改好，这里会重新计算。",
};

/** Bytes received so far, in words; both numbers count what the files are long once unpacked. */
export function received(loaded, total) {
  return `正在下载计算程序：已收到 ${megabytes(loaded)}，共 ${megabytes(total)} MB（按解压后的大小计，实际流量通常不到一半）。`;
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

const FAILURES = {
  unsupported: "这个浏览器太旧，运行不了计算程序。请换用手机自带的浏览器或新版浏览器打开本页。",
  blocked: "浏览器或网络的安全设置不允许运行计算程序（WebAssembly 被禁止）。请换一个浏览器，或换一个网络再试。",
  file: "计算程序没有下载完整。请检查网络后再试一次。",
  data: "这个地区的政策数据没有下载完整。请检查网络后再试一次。",
  stalled: "等了很久没有收到新的数据，网络可能断了。请检查网络后再试一次。",
  memory: "内存不够，计算程序停下了。请关掉别的网页或程序后再试一次。",
  worker: "浏览器没能启动计算程序。请再试一次，或换一个浏览器打开本页。",
  slow: "计算程序很久没有回应，已经停下。请再试一次。",
  broken: "计算程序出了错，没能算出结果。请再试一次；如果还是这样，请把您填的内容告诉我们。",
};

/** One plain sentence for a reason, and that nothing is lost. */
export function failure(reason) {
  return `${FAILURES[reason] ?? FAILURES.broken}${EXAMPLES_STAY}`;
}
