"""Words for the validator's findings about the file itself: container, JSON, addresses and extensions.

A row: the codes, what is the matter and how to mend it in zh-Hans, then both in en.
"""

Row = tuple[tuple[str, ...], tuple[str, str], tuple[str, str]]

FILE: tuple[Row, ...] = (
    (
        (
            "GLB_LENGTH_MISMATCH",
            "GLB_LENGTH_TOO_SMALL",
            "GLB_CHUNK_TOO_BIG",
            "GLB_UNEXPECTED_END_OF_HEADER",
            "GLB_UNEXPECTED_END_OF_CHUNK_HEADER",
            "GLB_UNEXPECTED_END_OF_CHUNK_DATA",
        ),
        (
            "文件的实际长度与文件头声明的不符，多半是传输中断，文件不完整。",
            "请重新复制或下载原文件，核对大小后再上传；若原文件也是如此，请重新导出。",
        ),
        (
            "The file is not as long as its header says: most likely a copy or download was cut off.",
            "Copy or download the original again, compare the sizes and upload it anew; if it has the same fault, export it again.",
        ),
    ),
    (
        ("GLB_EXTRA_DATA",),
        ("文件在 GLB 结束之后还有多余的数据，读取时会被忽略。", "请重新导出，或使用“修复”去掉多余部分。"),
        (
            "Bytes follow after the end of the GLB; readers pass over them.",
            "Export the model again, or let “repair” drop them.",
        ),
    ),
    (
        ("GLB_INVALID_MAGIC", "GLB_INVALID_VERSION"),
        (
            "这不是第 2 版的 GLB 文件：扩展名可能改错了，或者格式太旧。",
            "请从建模软件导出为 glTF 2.0 二进制（.glb）；仅修改扩展名是不够的。",
        ),
        (
            "This is no GLB of version 2: another kind of file that was renamed, or a very old one.",
            "Export it from the modelling program as glTF 2.0 binary (.glb); renaming a file does not convert it.",
        ),
    ),
    (
        ("GLB_CHUNK_LENGTH_UNALIGNED",),
        (
            "GLB 内部的数据块没有按 4 字节对齐，部分浏览器和手机会拒绝打开。",
            "使用“修复”重写文件即可；也可以在 Blender 中导入后重新导出为 GLB。",
        ),
        (
            "A chunk inside the GLB does not end on a multiple of 4 bytes; some browsers and phones refuse such a file.",
            "“Repair” rewrites the file and mends this; or import it into Blender and export it as GLB again.",
        ),
    ),
    (
        (
            "GLB_DUPLICATE_CHUNK",
            "GLB_UNEXPECTED_BIN_CHUNK",
            "GLB_UNEXPECTED_FIRST_CHUNK",
            "GLB_EMPTY_CHUNK",
        ),
        (
            "GLB 内部数据块的数量或顺序不对，读取程序可能找不到模型的数据。",
            "请用建模软件重新导出；若来自转换程序，请换用新版本。",
        ),
        (
            "The chunks inside the GLB are too many, empty or in the wrong order; readers may not find the model's data.",
            "Export the model again; if a converter made it, use a newer version of that converter.",
        ),
    ),
    (
        ("GLB_UNKNOWN_CHUNK_TYPE", "GLB_EMPTY_BIN_CHUNK", "BUFFER_GLB_CHUNK_TOO_BIG"),
        (
            "GLB 里有无用的数据块或填充字节，不影响显示，只是占用空间。",
            "可以不管；想去掉的话，重新导出或使用“修复”。",
        ),
        (
            "The GLB holds a chunk or filling bytes that nobody needs; it shows well, and is a little larger than it must be.",
            "Nothing has to be done; exporting again or “repair” removes them.",
        ),
    ),
    (
        ("BUFFER_BYTE_LENGTH_MISMATCH", "BUFFER_MISSING_GLB_DATA"),
        (
            "模型声明的几何或图片数据比文件中实际的多：有一部分丢失了。",
            "请回到原始工程重新导出为单个 GLB，导出时不要中断。",
        ),
        (
            "The model declares more geometry or picture data than the file holds: part of it is lost.",
            "Go back to the original project and export it as one GLB again, without interrupting the export.",
        ),
    ),
    (
        ("IO_ERROR",),
        (
            "模型引用了自身以外的文件（贴图或 .bin），这里无法读取。",
            "请导出为单个 .glb：在 Blender 中选择格式“glTF 二进制 (.glb)”，贴图会一并打包。",
        ),
        (
            "The model refers to a file outside itself, a texture or a .bin, which cannot be read here.",
            "Export one .glb: in Blender choose the format “glTF Binary (.glb)”, which packs the textures too.",
        ),
    ),
    (
        ("INVALID_URI", "NON_RELATIVE_URI", "BUFFER_DATA_URI_MIME_TYPE_INVALID"),
        (
            "模型中某个贴图或数据的地址写法不正确，或者指向了外部网址。",
            "请把所有贴图打包进 GLB 后重新导出，不要引用网址或本机路径。",
        ),
        (
            "The address of a texture or of data in the model is malformed, or points to a place on the network.",
            "Pack all textures into the GLB and export it again; do not refer to web addresses or folders.",
        ),
    ),
    (
        ("URI_GLB", "DATA_URI_GLB"),
        (
            "GLB 中的数据写成了地址或文本（data:），体积比必要的大约三分之一。",
            "可以发布；导出为“glTF 二进制”或使用“修复”会更小、加载更快。",
        ),
        (
            "Data stands in the GLB as an address or as text (data:), a third larger than it must be.",
            "It can be published; exported as “glTF Binary”, or after “repair”, it is smaller and loads faster.",
        ),
    ),
    (
        ("INVALID_JSON",),
        (
            "描述模型的 JSON 文本有语法错误，任何程序都读不了。",
            "请重新导出；如果手工改过文件，请撤销那次改动，并保存为不带 BOM 的 UTF-8。",
        ),
        (
            "The JSON text that describes the model has a mistake in its grammar; no program can read it.",
            "Export it again; if it was edited by hand, undo that edit and save it as UTF-8 without a byte order mark.",
        ),
    ),
    (
        ("UNDEFINED_PROPERTY", "UNSATISFIED_DEPENDENCY", "ONE_OF_MISMATCH"),
        (
            "缺少一项必须填写的内容，或者填写了互相矛盾的内容。",
            "请更新导出程序或插件后重新导出；也可以先试“修复”。",
        ),
        (
            "Something that has to be given is missing, or contradicts what else is given.",
            "Update the exporter or plug-in and export again; “repair” is worth a try before.",
        ),
    ),
    (
        ("TYPE_MISMATCH", "ARRAY_TYPE_MISMATCH", "ARRAY_LENGTH_NOT_IN_LIST", "INVALID_INDEX"),
        (
            "某个值的类型不对，例如应为数字处写了文字，或者数字的个数不对。",
            "这是导出或转换程序的错误：请更新它并重新导出。",
        ),
        (
            "A value is of the wrong kind: a text where a number is due, or too few or too many numbers.",
            "This is a fault of the exporter or converter: update it and export again.",
        ),
    ),
    (
        ("VALUE_NOT_IN_RANGE", "VALUE_MULTIPLE_OF", "PATTERN_MISMATCH"),
        (
            "某个数值超出了允许的范围，常见的是颜色或粗糙度大于 1、数量为 0。",
            "请把材质参数改到 0 至 1 之间（更亮的自发光请用“强度”），再重新导出。",
        ),
        (
            "A value is outside the range allowed; often a colour or roughness above 1, or a count of 0.",
            "Bring the material's values between 0 and 1 (for brighter glow use the emission strength), and export again.",
        ),
    ),
    (
        ("VALUE_NOT_IN_LIST",),
        (
            "某个值不在 glTF 核心标准的列表中，例如 KTX2 图片；支持相应扩展的程序能够显示。",
            "如果是 KTX2 贴图，可以不管，这里会另外生成各设备可用的版本；否则请更新导出程序后重新导出。",
        ),
        (
            "A value is not among those of the core standard, as a KTX2 picture; clients that know its extension show it.",
            "For KTX2 textures nothing has to be done: versions for all devices are made here; else update the exporter and export again.",
        ),
    ),
    (
        ("EMPTY_ENTITY",),
        (
            "文件中有空的列表，例如没有任何节点的场景或没有内容的网格。",
            "使用“修复”通常可以去掉；也请检查导出时是否勾选了“仅选中的物体”而没有选中任何物体。",
        ),
        (
            "The file holds an empty list, as a scene without nodes or a mesh without parts.",
            "“Repair” removes most of them; also see whether “selected objects only” was ticked with nothing selected.",
        ),
    ),
    (
        ("UNEXPECTED_PROPERTY", "EXTRA_PROPERTY", "NON_OBJECT_EXTRAS"),
        (
            "文件中有标准之外的属性，读取程序会忽略它。",
            "不影响显示，可以不管；自定义信息应放在 extras 中（Blender 的“自定义属性”）。",
        ),
        (
            "The file holds a property that the standard does not know; readers pass over it.",
            "It shows well and nothing has to be done; information of your own belongs in extras (Blender's custom properties).",
        ),
    ),
    (
        ("UNRESOLVED_REFERENCE",),
        (
            "模型的一处引用了不存在的部分，例如已被删除的贴图或材质。",
            "请在建模软件中清除失效的引用（在 Blender 中用“文件 › 清理 › 未使用的数据块”），再重新导出。",
        ),
        (
            "One part of the model refers to another that is not there, as a texture or material that was deleted.",
            "Clear dead references in the modelling program (Blender: File › Clean Up › Purge Unused Data) and export again.",
        ),
    ),
    (
        ("DUPLICATE_ELEMENTS",),
        ("某个列表里同一项出现了两次。", "使用“修复”重写文件，或更新导出程序后重新导出。"),
        (
            "The same entry stands twice in a list.",
            "Let “repair” rewrite the file, or update the exporter and export again.",
        ),
    ),
    (
        ("UNSUPPORTED_EXTENSION", "INCOMPLETE_EXTENSION_SUPPORT"),
        (
            "模型使用了校验器不认识的扩展（例如 Draco 或 meshopt 压缩），这一部分未能检查。",
            "不是错误。压缩类扩展可以放心使用；若是某个软件自有的扩展，请在多种设备上看看效果。",
        ),
        (
            "The model uses an extension that the validator cannot look into, as Draco or meshopt compression: that part is unchecked.",
            "This is no fault. Compression is fine; with an extension of one program only, look at the model on several devices.",
        ),
    ),
    (
        ("UNDECLARED_EXTENSION", "NON_REQUIRED_EXTENSION", "UNUSED_EXTENSION_REQUIRED"),
        (
            "模型使用的扩展与它声明的扩展清单不一致，有的程序会因此打不开或显示不全。",
            "“修复”大多能更正清单；若仍不一致，请更新导出插件后重新导出。",
        ),
        (
            "The extensions that the model uses and those that it declares do not agree; some clients refuse it or show a part only.",
            "“Repair” corrects most such lists; if it stays, update the export plug-in and export again.",
        ),
    ),
    (
        ("UNEXPECTED_EXTENSION_OBJECT", "MULTIPLE_EXTENSIONS", "INVALID_EXTENSION_NAME_FORMAT"),
        (
            "某个扩展放错了位置、名称不合规范，或与另一个扩展冲突，可能不起作用。",
            "请检查该材质或节点上启用的特殊效果，只保留需要的一种，再重新导出。",
        ),
        (
            "An extension stands in the wrong place, is oddly named or clashes with another: it may have no effect.",
            "Look at the special effects of this material or node, keep the one that is needed, and export again.",
        ),
    ),
    (
        ("UNUSED_OBJECT",),
        (
            "文件中有没有用到的内容（材质、贴图、纹理坐标等），只会增加下载量。",
            "可以不管，生成的各版本会尽量精简；想减小原件，请在导出前清理未使用的数据。",
        ),
        (
            "The file holds something that nothing uses (a material, a texture, texture coordinates): it only adds to the download.",
            "Nothing has to be done, the versions made here are lean; to make the original smaller, purge unused data before the export.",
        ),
    ),
)
