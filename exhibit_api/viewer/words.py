"""The words of the pages themselves, in Chinese and English. What is exhibited brings its own."""

from typing import Literal

Language = Literal["zh-Hans", "en"]

WORDS: dict[str, dict[Language, str]] = {
    "catalogue": {"zh-Hans": "图录", "en": "Catalogue"},
    "opening": {"zh-Hans": "正在打开展厅……", "en": "Opening the hall…"},
    "opening_fails": {
        "zh-Hans": "展厅没有打开？请检查网络，然后",
        "en": "The hall does not open? Check the connection, and",
    },
    "try_again": {"zh-Hans": "再试一次", "en": "try again"},
    "read_catalogue": {"zh-Hans": "阅读图录", "en": "Read the catalogue"},
    "without_script": {
        "zh-Hans": "三维展厅需要 JavaScript。没有它，也可以在图录里看到全部展品。",
        "en": "The hall in three dimensions needs JavaScript. Without it, the catalogue shows everything.",
    },
    "missing": {"zh-Hans": "这里没有展厅", "en": "There is no hall here"},
    "missing_why": {
        "zh-Hans": "网址可能写错了，或者这个展厅已经撤展。",
        "en": "The address may be wrong, or the hall may be shown no more.",
    },
    "broken": {"zh-Hans": "这一页暂时打不开", "en": "This page cannot be shown now"},
    "broken_why": {
        "zh-Hans": "展厅的数据没有问题时，过一会儿再试就好。",
        "en": "Please try again in a moment.",
    },
    "skip": {"zh-Hans": "跳到正文", "en": "Skip to the content"},
    "ways": {"zh-Hans": "去处", "en": "Ways"},
    "entrance": {"zh-Hans": "展览入口", "en": "Entrance"},
    "walk": {"zh-Hans": "走进三维展厅", "en": "Walk through the hall in 3D"},
    "languages": {"zh-Hans": "语言", "en": "Languages"},
    "no_3d": {
        "zh-Hans": "这台设备画不出三维画面，所以请您看图录：展品与文字一样不少。",
        "en": "This device cannot draw in three dimensions, so here is the catalogue: every exhibit and every word is in it.",
    },
    "n_exhibits": {"zh-Hans": "{n} 件展品", "en": "{n} exhibits"},
    "n_people": {"zh-Hans": "{n} 位人物", "en": "{n} people"},
    "edition": {"zh-Hans": "第 {n} 版", "en": "Edition {n}"},
    "edition_name": {"zh-Hans": "版次", "en": "Edition"},
    "contents": {"zh-Hans": "目录", "en": "Contents"},
    "elsewhere": {"zh-Hans": "展厅各处", "en": "About the hall"},
    "people": {"zh-Hans": "人物与成长", "en": "People, and how they grew"},
    "studios": {"zh-Hans": "创新工作室", "en": "Innovation studios"},
    "studio": {"zh-Hans": "创新工作室", "en": "Innovation studio"},
    "awards": {"zh-Hans": "奖项", "en": "Awards"},
    "selections": {"zh-Hans": "评选", "en": "Selections"},
    "tours": {"zh-Hans": "导览词", "en": "Guided tours"},
    "take_tour": {"zh-Hans": "在展厅里跟着走一遍", "en": "Take this tour in the hall"},
    "marker": {"zh-Hans": "AR 标识", "en": "AR marker"},
    "about": {"zh-Hans": "关于本展厅", "en": "About this hall"},
    "plan_of": {"zh-Hans": "平面图：{hall}", "en": "Plan: {hall}"},
    "plan_key": {
        "zh-Hans": "数字是展品的编号，三角是入口，深色一块是通往其他展厅的门。",
        "en": "The numbers are those of the exhibits; the triangle is where one enters; the dark fields lead to other halls.",
    },
    "boards": {"zh-Hans": "展厅说明", "en": "About what is shown"},
    "with": {"zh-Hans": "人物：", "en": "People: "},
    "honoured": {"zh-Hans": "获奖：", "en": "Honoured with: "},
    "see": {"zh-Hans": "相关展品：", "en": "See: "},
    "led_by": {"zh-Hans": "领衔人：", "en": "Led by "},
    "members": {"zh-Hans": "成员：", "en": "Members: "},
    "comma": {"zh-Hans": "、", "en": ", "},
    "colon": {"zh-Hans": "：", "en": ": "},
    "achievement": {"zh-Hans": "创新成果", "en": "Achievement"},
    "achievements_more": {"zh-Hans": "更多创新成果", "en": "More achievements"},
    "invented": {"zh-Hans": "演示虚构", "en": "invented for the demonstration"},
    "story": {"zh-Hans": "成长经历", "en": "How it went"},
    "stages": {"zh-Hans": "进程", "en": "Stages"},
    "results": {"zh-Hans": "结果", "en": "Results"},
    "marker_how": {
        "zh-Hans": "打印本页时请选“实际大小”，不要缩放；标识边长（不含四周留白）应为 {width} 厘米。"
        "贴在平整处，用支持图像追踪的 AR 客户端对准它，展厅便立在那里。",
        "en": "Print this page at its actual size, without scaling: each side of the marker, its white margin not counted, "
        "must measure {width} cm. Fix it to something flat and point an AR client that tracks images at it: the hall stands there.",
    },
    "marker_enlarge": {
        "zh-Hans": "纸上印的是 {shown} 厘米，请放大到 {width} 厘米。",
        "en": "It is printed {shown} cm wide here; enlarge it to {width} cm.",
    },
    "marker_says": {"zh-Hans": "二维码，内容为 {text}", "en": "QR code that says {text}"},
    "part_of": {"zh-Hans": "所属展览", "en": "Exhibition"},
    "open": {"zh-Hans": "开放", "en": "Open"},
    "no_end": {"zh-Hans": "长期", "en": "for the long term"},
    "rights": {"zh-Hans": "许可", "en": "Rights"},
    "organisation": {"zh-Hans": "组织", "en": "Organisation"},
    "data": {"zh-Hans": "数据", "en": "Data"},
    "data_link": {"zh-Hans": "本展厅的公开数据（JSON）", "en": "This hall as open data (JSON)"},
    "scan": {"zh-Hans": "扫码看三维", "en": "Scan to see it in 3D"},
    "sound": {"zh-Hans": "声音", "en": "Sound"},
    "transcript": {"zh-Hans": "文字稿", "en": "Transcript"},
    "see_in_hall": {"zh-Hans": "在三维展厅里看", "en": "See it in the hall in 3D"},
    "download": {"zh-Hans": "下载模型", "en": "Download the model"},
    "file_master": {"zh-Hans": "原始模型（GLB）", "en": "The original model (GLB)"},
    "file_scene_viewer": {"zh-Hans": "通用模型（GLB）", "en": "A model for any program (GLB)"},
    "file_quick_look": {"zh-Hans": "苹果设备用（USDZ）", "en": "For Apple devices (USDZ)"},
    "stage_nominated": {"zh-Hans": "提名", "en": "nominated"},
    "stage_shortlisted": {"zh-Hans": "入围", "en": "shortlisted"},
    "stage_publicised": {"zh-Hans": "公示", "en": "publicised"},
    "stage_awarded": {"zh-Hans": "授予", "en": "awarded"},
    "search_label": {"zh-Hans": "找展品、人物、成果", "en": "Search exhibits, people and achievements"},
    "search": {"zh-Hans": "搜索", "en": "Search"},
    "found": {"zh-Hans": "找到的", "en": "What was found"},
    "n_found": {"zh-Hans": "“{question}”：找到 {n} 项", "en": "{n} found for “{question}”"},
    "none_found": {
        "zh-Hans": "没有找到“{question}”。换个词试试，两个字也可以。",
        "en": "Nothing found for “{question}”. Try another word, or a part of one.",
    },
    "kind_exhibit": {"zh-Hans": "展品", "en": "Exhibit"},
    "kind_person": {"zh-Hans": "人物", "en": "Person"},
    "kind_achievement": {"zh-Hans": "创新成果", "en": "Achievement"},
    "halls": {"zh-Hans": "展厅", "en": "Halls"},
    "enter": {"zh-Hans": "走进展厅", "en": "Enter the hall"},
    "nothing_yet": {"zh-Hans": "还没有展览", "en": "There is no exhibition yet"},
    "nothing_why": {"zh-Hans": "展厅发布之后会出现在这里。", "en": "Halls appear here when they are published."},
    "open_data": {
        "zh-Hans": "展览以开放格式发布，长期保存。",
        "en": "Published in open formats, to be kept for a long time.",
    },
    "on_board": {"zh-Hans": "展板上的文字", "en": "The words on the board"},
    "to_entrance": {"zh-Hans": "去展览入口", "en": "To the entrance"},
}


def words_in(language: str) -> Language:
    """The language of the pages' own words for a visitor of this language."""
    return "zh-Hans" if language.lower().split("-")[0] == "zh" else "en"


def say(word: str, language: str, **facts: object) -> str:
    """The words for `word`, with the facts set in. Raises KeyError for a word that there is not."""
    text = WORDS[word][words_in(language)]
    return text.format(**facts) if facts else text


def stage_named(stage: str, language: str) -> str:
    """What a stage of a selection is called; one that we do not know is called what its keepers call it."""
    word = f"stage_{stage}"
    return say(word, language) if word in WORDS else stage
