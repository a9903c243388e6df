"""Words for the validator's findings about the scene: animations, skins, nodes, pictures and materials.

A row: the codes, what is the matter and how to mend it in zh-Hans, then both in en.
"""

from exhibit_api.pipeline.explained_file import Row

SCENE: tuple[Row, ...] = (
    (
        ("ANIMATION_DUPLICATE_TARGETS",),
        (
            "同一段动画两次控制同一物体的同一属性，各程序会任选其一，播放效果不一致。",
            "请在动画编辑器中只保留一条曲线；在 Blender 中检查是否有重复的动作或 NLA 轨道，然后重新导出。",
        ),
        (
            "One animation moves the same property of the same object twice; each client picks one of them, so that it plays differently.",
            "Keep one curve in the animation editor; in Blender look for doubled actions or NLA tracks, and export again.",
        ),
    ),
    (
        ("ANIMATION_CHANNEL_TARGET_NODE_MATRIX", "ANIMATION_CHANNEL_TARGET_NODE_SKIN"),
        (
            "动画所控制的物体不能这样移动（用矩阵定位，或者由骨骼带动），动画不会生效。",
            "请在建模软件中对该物体“应用变换”，改为移动它的父级或骨骼，再重新导出。",
        ),
        (
            "The animated object cannot be moved in this way, since a matrix or its bones place it: the animation has no effect.",
            "Apply the object's transforms in the modelling program, animate its parent or bones instead, and export again.",
        ),
    ),
    (
        ("ANIMATION_CHANNEL_TARGET_NODE_WEIGHTS_NO_MORPHS", "MESH_INVALID_WEIGHTS_COUNT", "NODE_WEIGHTS_INVALID"),
        (
            "动画或权重控制的形态键与网格上的对不上。",
            "请检查该网格的形态键是否在导出时被去掉（例如应用了修改器），再重新导出。",
        ),
        (
            "Shape keys that are animated or weighted do not match those of the mesh.",
            "See whether the export dropped the mesh's shape keys (as by applying modifiers), and export again.",
        ),
    ),
    (
        (
            "ACCESSOR_ANIMATION_INPUT_NEGATIVE",
            "ACCESSOR_ANIMATION_INPUT_NON_INCREASING",
            "ANIMATION_SAMPLER_INPUT_ACCESSOR_TOO_FEW_ELEMENTS",
            "ANIMATION_SAMPLER_OUTPUT_ACCESSOR_INVALID_COUNT",
        ),
        (
            "动画的关键帧时间为负、没有递增，或与数值个数不符，播放会跳动或停住。",
            "请让时间轴从第 0 帧或之后开始，删除重叠的关键帧，导出时勾选“采样动画”。",
        ),
        (
            "Keyframes of an animation lie before zero, do not go forward, or do not match their values: it jumps or stands still.",
            "Let the timeline start at frame 0 or later, remove overlapping keyframes, and export with “Sampling Animations” ticked.",
        ),
    ),
    (
        (
            "ANIMATION_SAMPLER_INPUT_ACCESSOR_WITHOUT_BOUNDS",
            "ANIMATION_SAMPLER_INPUT_ACCESSOR_INVALID_FORMAT",
            "ANIMATION_SAMPLER_OUTPUT_ACCESSOR_INVALID_FORMAT",
            "ANIMATION_SAMPLER_ACCESSOR_WITH_BYTESTRIDE",
        ),
        (
            "动画数据的写法不合标准，有的程序不会播放它。",
            "使用“修复”重写文件；若仍有此问题，请更新导出程序后重新导出。",
        ),
        (
            "The data of an animation is not written as the standard asks; some clients will not play it.",
            "Let “repair” rewrite the file; if it stays, update the exporter and export again.",
        ),
    ),
    (
        ("ACCESSOR_ANIMATION_SAMPLER_OUTPUT_NON_NORMALIZED_QUATERNION", "ROTATION_NON_UNIT"),
        (
            "有的旋转值没有归一化，物体会被拉伸或歪斜。",
            "请在建模软件中重新设置该物体的旋转并“应用旋转”，动画请以采样方式重新导出。",
        ),
        (
            "Some rotations are not of length 1: the object is stretched or skewed.",
            "Set the object's rotation anew and apply it in the modelling program; export animations sampled.",
        ),
    ),
    (
        ("NODE_EMPTY",),
        (
            "有空节点（空物体），它什么也不显示。",
            "可以不管；若展板要指向它，请保留，否则可在导出前删除。",
        ),
        (
            "There is an empty node (an empty), which shows nothing.",
            "Nothing has to be done; keep it where a placard points at it, else it can be deleted before the export.",
        ),
    ),
    (
        ("NODE_SKINNED_MESH_NON_ROOT", "NODE_SKINNED_MESH_LOCAL_TRANSFORMS"),
        (
            "带骨骼的网格放在其他物体之下，或自身有位移、缩放：这些都不起作用，大小和位置可能出人意料。",
            "请在 Blender 中对网格和骨架“应用全部变换”，再重新导出；随后核对展厅中的大小。",
        ),
        (
            "A mesh with bones is the child of another object, or moved and scaled itself: that has no effect, "
            "and its size and place may surprise.",
            "In Blender apply all transforms to mesh and armature and export again; then check its size in the hall.",
        ),
    ),
    (
        ("NODE_SKINNED_MESH_WITHOUT_SKIN", "NODE_SKIN_WITH_NON_SKINNED_MESH", "NODE_SKIN_NO_SCENE"),
        (
            "网格与骨骼没有正确关联：骨骼缺失，或不在同一场景里，网格会停在原地或消失。",
            "导出时请同时选中网格和它的骨架，并检查“骨架”修改器指向正确的骨架。",
        ),
        (
            "Mesh and bones are not joined rightly: bones are missing or in another scene, so that the mesh stands still or vanishes.",
            "Select both the mesh and its armature for the export, and check that the Armature modifier names the right one.",
        ),
    ),
    (
        ("SKIN_NO_COMMON_ROOT", "SKIN_SKELETON_INVALID", "ACCESSOR_INVALID_IBM", "INVALID_IBM_ACCESSOR_COUNT"),
        (
            "骨架的结构有问题：骨骼没有共同的根，或绑定姿态的数据无效。",
            "请让所有骨骼归于同一个根骨骼，重新绑定网格后导出。",
        ),
        (
            "The skeleton is broken: its bones have no common root, or the data of its rest pose is invalid.",
            "Put all bones under one root bone, bind the mesh again, and export.",
        ),
    ),
    (
        (
            "ACCESSOR_WEIGHTS_NON_NORMALIZED",
            "ACCESSOR_WEIGHTS_NEGATIVE",
            "ACCESSOR_JOINTS_USED_ZERO_WEIGHT",
            "ACCESSOR_JOINTS_INDEX_DUPLICATE",
            "ACCESSOR_JOINTS_INDEX_OOB",
            "MESH_PRIMITIVE_JOINTS_WEIGHTS_MISMATCH",
        ),
        (
            "骨骼权重有误（总和不为 1、为负或指向不存在的骨骼），动起来时网格会变形。",
            "请在 Blender 权重绘制中执行“全部规格化”（Normalize All），每个顶点限制为 4 根骨骼，再重新导出。",
        ),
        (
            "Bone weights are wrong (they do not add up to 1, are negative, or name missing bones): the mesh is torn when it moves.",
            "In Blender's weight paint run Normalize All, limit each vertex to 4 bones, and export again.",
        ),
    ),
    (
        ("NODE_MATRIX_NON_TRS", "NODE_MATRIX_TRS", "NODE_MATRIX_DEFAULT"),
        (
            "物体的变换矩阵含有倾斜，或写法重复，不同程序会摆放得不一样；CAD 转换的装配体常见。",
            "请在建模软件中“应用全部变换”，避免在旋转后的父级下做不等比缩放，再重新导出。",
        ),
        (
            "An object's matrix holds a shear or is given twice, so that programs place it differently; frequent in assemblies from CAD.",
            "Apply all transforms in the modelling program, avoid uneven scaling under turned parents, and export again.",
        ),
    ),
    (
        ("NODE_LOOP", "NODE_PARENT_OVERRIDE", "SCENE_NON_ROOT_NODE"),
        (
            "物体的父子关系有误：成环、有两个父级，或子物体又被当作根。",
            "请在大纲视图中整理层级，让每个物体只有一个父级，再重新导出。",
        ),
        (
            "The objects' hierarchy is wrong: it goes in a circle, an object has two parents, or a child stands as a root too.",
            "Tidy the hierarchy in the outliner so that every object has one parent, and export again.",
        ),
    ),
    (
        ("IMAGE_MIME_TYPE_INVALID", "IMAGE_NON_ENABLED_MIME_TYPE", "TEXTURE_INVALID_IMAGE_MIME_TYPE"),
        (
            "图片的实际格式与声明的不同（例如 PNG 被标为 JPEG），或该格式需要扩展，部分设备不会显示。",
            "请在图像编辑软件中把贴图真正另存为 PNG 或 JPEG（不要只改扩展名），再重新导出。",
        ),
        (
            "A picture is not of the format declared (a PNG called JPEG), or its format needs an extension: some devices do not show it.",
            "Save the texture as a true PNG or JPEG in an image editor (renaming is not enough) and export again.",
        ),
    ),
    (
        ("IMAGE_NPOT_DIMENSIONS",),
        (
            "图片的边长不是 2 的幂（如 1000 像素），较旧的设备会自行缩放，略显模糊。",
            "可以发布；最好把贴图改为 512、1024 或 2048 像素见方。",
        ),
        (
            "A picture's sides are no powers of two (as 1000 pixels); older devices resize it, a little blurred.",
            "It can be published; best give textures 512, 1024 or 2048 pixels a side.",
        ),
    ),
    (
        ("IMAGE_DATA_INVALID", "IMAGE_UNEXPECTED_EOS"),
        (
            "图片已损坏或不完整，贴图会显示为黑色或白色。",
            "请打开原始贴图检查，重新保存为 PNG 或 JPEG，再重新导出模型。",
        ),
        (
            "A picture is damaged or incomplete: the texture shows black or white.",
            "Open the original texture, save it again as PNG or JPEG, and export the model again.",
        ),
    ),
    (
        ("IMAGE_UNRECOGNIZED_FORMAT",),
        (
            "校验器不认识这张图片的格式，例如 KTX2、AVIF、TIFF 或 BMP。",
            "KTX2 和 AVIF 可以使用；其他格式请转存为 PNG 或 JPEG 后重新导出。",
        ),
        (
            "The validator does not know this picture's format, as KTX2, AVIF, TIFF or BMP.",
            "KTX2 and AVIF are fine; save pictures of other formats as PNG or JPEG and export again.",
        ),
    ),
    (
        ("IMAGE_FEATURES_UNSUPPORTED",),
        (
            "图片带有特殊的色彩配置、非方形像素或动画，各设备的颜色可能不一致。",
            "请把贴图转换为 sRGB 色彩后另存为普通的 PNG 或 JPEG。",
        ),
        (
            "A picture has a colour profile of its own, oblong pixels or an animation: colours may differ between devices.",
            "Convert the texture to sRGB and save it as a plain PNG or JPEG.",
        ),
    ),
    (
        ("IMAGE_BUFFER_VIEW_WITH_BYTESTRIDE",),
        (
            "图片数据带有只适用于顶点的设置，有的程序读不出图片。",
            "使用“修复”重写文件即可。",
        ),
        (
            "A picture's data has a setting that is meant for vertices; some clients cannot read the picture.",
            "“Repair” rewrites the file and mends this.",
        ),
    ),
    (
        (
            "MATERIAL_ALPHA_CUTOFF_INVALID_MODE",
            "KHR_MATERIALS_VOLUME_NO_TRANSMISSION",
            "KHR_MATERIALS_VOLUME_DOUBLE_SIDED",
            "KHR_MATERIALS_EMISSIVE_STRENGTH_ZERO_FACTOR",
            "KHR_MATERIALS_DISPERSION_NO_VOLUME",
        ),
        (
            "材质中有互不配合的设置，其中一部分不起作用。",
            "请检查材质：透明裁剪、玻璃厚度、自发光强度等是否与其他设置配套；看起来正常就可以发布。",
        ),
        (
            "The material has settings that do not go together; some of them have no effect.",
            "Check the material's alpha clipping, glass thickness or emission strength; if it looks right, it can be published.",
        ),
    ),
)
