/** Words of AR and VR, zh-Hans and en. */
export const XR_WORDS = {
  "xr.insecure": {
    "zh-Hans": "AR 和 VR 需要安全连接。请用这个地址打开：{address}",
    en: "AR and VR need a secure connection. Open this address instead: {address}",
  },
  "xr.none": {
    "zh-Hans": "这个浏览器没有 WebXR。安卓手机请用 Chrome，头戴设备请用其自带的浏览器。",
    en: "This browser has no WebXR. Use Chrome on an Android phone, or the browser of a headset.",
  },
  "xr.framed": {
    "zh-Hans": "外面的网页不许此处使用 AR 和 VR。请在新窗口中打开展厅。",
    en: "The page around this one does not allow AR and VR here. Open the hall in a window of its own.",
  },
  "xr.noAr": {
    "zh-Hans": "这台设备不支持 AR，需要支持 ARCore 的手机或头戴设备。",
    en: "This device cannot show AR. It takes a phone with ARCore, or a headset.",
  },
  "xr.noVr": {
    "zh-Hans": "没有找到头戴设备。请接上头戴设备后再试。",
    en: "No headset was found. Connect one and try again.",
  },
  "xr.denied": {
    "zh-Hans": "没有得到使用权限。请在浏览器的网站设置中允许“虚拟现实”和“增强现实”，再试一次。",
    en:
      "Permission was not given. Allow virtual and augmented reality in the browser's settings for this site, and try again.",
  },
  "xr.lacking": {
    "zh-Hans": "这台设备缺少所需的功能（站立地面的定位）。",
    en: "This device lacks what it takes: it does not know where the floor is.",
  },
  "xr.busy": { "zh-Hans": "已经有一个 AR 或 VR 画面在运行。", en: "AR or VR is already running." },
  "xr.failed": { "zh-Hans": "没能进入 AR 或 VR，请再试一次。", en: "AR or VR could not be started. Try again." },
  "xr.noHall": { "zh-Hans": "展厅还没有打开，请稍候。", en: "The hall is not open yet. Wait a moment." },
  "xr.noExhibit": { "zh-Hans": "这件展品的模型没能取到。", en: "The model of this exhibit could not be fetched." },
  "xr.search": { "zh-Hans": "慢慢移动设备，寻找地面或桌面", en: "Move slowly to find a floor or a table" },
  "xr.tap": { "zh-Hans": "点一下，放在这里", en: "Tap to place it here" },
  "xr.gestures": { "zh-Hans": "拖动移位，双指旋转、缩放", en: "Drag to move; turn and scale with two fingers" },
  "xr.placeAgain": { "zh-Hans": "重新放置", en: "Place again" },
  "xr.life": { "zh-Hans": "实际大小", en: "Life size" },
  "xr.model": { "zh-Hans": "桌面模型", en: "Table-top" },
  "xr.trueSize": { "zh-Hans": "原大 1:1", en: "True size 1:1" },
  "xr.placard": { "zh-Hans": "展板", en: "Placard" },
  "xr.leave": { "zh-Hans": "退出", en: "Leave" },
  "xr.close": { "zh-Hans": "关闭", en: "Close" },
  "xr.next": { "zh-Hans": "下一件", en: "Next" },
  "xr.previous": { "zh-Hans": "上一件", en: "Previous" },
  "xr.more": { "zh-Hans": "续读", en: "More" },
  "xr.smoothOn": { "zh-Hans": "平滑行走：开", en: "Smooth walking: on" },
  "xr.smoothOff": { "zh-Hans": "平滑行走：关", en: "Smooth walking: off" },
  "xr.people": { "zh-Hans": "人物", en: "People" },
  "xr.awards": { "zh-Hans": "荣誉", en: "Awards" },
} as const;
