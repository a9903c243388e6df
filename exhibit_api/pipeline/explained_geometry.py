"""Words for the validator's findings about geometry: the numbers of vertices and triangles, and how meshes use them.

A row: the codes, what is the matter and how to mend it in zh-Hans, then both in en.
"""

from exhibit_api.pipeline.explained_file import Row

GEOMETRY: tuple[Row, ...] = (
    (
        (
            "ACCESSOR_MIN_MISMATCH",
            "ACCESSOR_MAX_MISMATCH",
            "ACCESSOR_ELEMENT_OUT_OF_MIN_BOUND",
            "ACCESSOR_ELEMENT_OUT_OF_MAX_BOUND",
        ),
        (
            "声明的最小值或最大值与实际数据不符：模型的大小会算错，可能被裁切、放不准，或动画时长不对。",
            "使用“修复”会重新计算；若由转换程序生成，请更新它或在 Blender 中重新导出。",
        ),
        (
            "A declared minimum or maximum differs from the data: the model's size is told wrongly, so it may be cut off, "
            "stand in the wrong place, or play too long.",
            "“Repair” computes them anew; if a converter made the file, update it or export from Blender.",
        ),
    ),
    (
        ("ACCESSOR_VECTOR3_NON_UNIT", "ACCESSOR_INVALID_SIGN"),
        (
            "有些法线或切线的长度不是 1，光照会出现斑块或发黑；扫描和 CAD 转换的模型常见。",
            "请重新计算法线后导出：Blender 编辑模式中全选，“网格 › 法线 › 重新计算外侧”；Metashape 或 RealityCapture 请在导出时勾选法线。",
        ),
        (
            "Some normals or tangents are not of length 1: light falls on the surface in blotches or black; frequent in scans and CAD.",
            "Compute normals anew and export: Blender, edit mode, select all, Mesh › Normals › Recalculate Outside; "
            "in Metashape or RealityCapture tick normals on export.",
        ),
    ),
    (
        ("ACCESSOR_INVALID_FLOAT",),
        (
            "几何数据中有无效的数（NaN 或无穷大），该处的面会消失或乱飞。",
            "请删除有问题的顶点后重新导出；在 Blender 中选中该网格，切换到编辑模式再切回并保存，或用“按距离合并”清理。",
        ),
        (
            "The geometry holds values that are no numbers (NaN or infinity): faces vanish or fly about there.",
            "Remove the broken vertices and export again; in Blender “Merge by Distance” and deleting loose geometry often do.",
        ),
    ),
    (
        ("ACCESSOR_INDEX_OOB",),
        (
            "有的三角形引用了不存在的顶点：显示会残缺，甚至使浏览器崩溃。",
            "这是导出或转换程序的严重错误：请更新它并从原始工程重新导出，“修复”无法找回缺失的顶点。",
        ),
        (
            "Some triangles name vertices that are not there: parts are missing, and a browser may even crash.",
            "A grave fault of the exporter or converter: update it and export from the original; “repair” cannot bring back vertices.",
        ),
    ),
    (
        ("ACCESSOR_INDEX_TRIANGLE_DEGENERATE",),
        (
            "有些三角形没有面积（角点重合），看不见，只会增加体积。",
            "可以不管；想清理的话，在 Blender 中用“网格 › 清理 › 简并融并”（Degenerate Dissolve）。",
        ),
        (
            "Some triangles have no area, since corners coincide: they are not seen and only add to the size.",
            "Nothing has to be done; to clean up use Blender's Mesh › Clean Up › Degenerate Dissolve.",
        ),
    ),
    (
        ("ACCESSOR_INDEX_PRIMITIVE_RESTART",),
        (
            "索引中用了保留的数值，部分显卡会把它当作“重新开始”，三角形会错乱。",
            "请更新导出程序后重新导出；或在建模软件中把该网格分成两个较小的网格（各少于 65,535 个顶点）。",
        ),
        (
            "The indices use a reserved number, which some graphics chips take as “start anew”: triangles get mixed up.",
            "Update the exporter and export again; or part the mesh into smaller ones of less than 65,535 vertices each.",
        ),
    ),
    (
        ("ACCESSOR_TOO_LONG", "BUFFER_VIEW_TOO_LONG", "BUFFER_VIEW_TOO_BIG_BYTE_STRIDE", "ACCESSOR_SMALL_BYTESTRIDE"),
        (
            "几何数据的声明范围超出了文件里实际有的数据。",
            "请从原始工程重新导出；若由转换程序生成，请更新它。",
        ),
        (
            "Geometry is declared to reach beyond the data that the file holds.",
            "Export again from the original project; if a converter made the file, update it.",
        ),
    ),
    (
        (
            "ACCESSOR_TOTAL_OFFSET_ALIGNMENT",
            "ACCESSOR_OFFSET_ALIGNMENT",
            "ACCESSOR_MATRIX_ALIGNMENT",
            "MESH_PRIMITIVE_ACCESSOR_UNALIGNED",
            "MESH_PRIMITIVE_ACCESSOR_WITHOUT_BYTESTRIDE",
        ),
        (
            "几何数据在文件中的排列没有对齐，部分手机和浏览器读不了。",
            "使用“修复”会重新排列；也可以在 Blender 中导入后重新导出。",
        ),
        (
            "Geometry is not laid out in the file as devices need it; some phones and browsers cannot read it.",
            "“Repair” lays it out anew; or import the file into Blender and export it again.",
        ),
    ),
    (
        ("BUFFER_VIEW_TARGET_MISSING",),
        (
            "数据没有标明用途（顶点或索引），程序会自行判断，只是加载略慢。",
            "可以不管；“修复”或生成的各版本会补上。",
        ),
        (
            "Data does not say whether it is for vertices or for indices; clients find out by themselves, a little slower.",
            "Nothing has to be done; “repair” and the versions made here say it.",
        ),
    ),
    (
        (
            "BUFFER_VIEW_TARGET_OVERRIDE",
            "ACCESSOR_USAGE_OVERRIDE",
            "BUFFER_VIEW_INVALID_BYTE_STRIDE",
            "MESH_PRIMITIVE_INDICES_ACCESSOR_WITH_BYTESTRIDE",
        ),
        (
            "同一段数据被用于两种不同的用途，部分显卡不接受。",
            "使用“修复”会把它们分开；或更新导出程序后重新导出。",
        ),
        (
            "The same data is used for two different purposes, which some graphics chips do not take.",
            "“Repair” parts them; or update the exporter and export again.",
        ),
    ),
    (
        ("MESH_PRIMITIVE_GENERATED_TANGENT_SPACE",),
        (
            "材质有法线贴图，但网格没有带切线：各设备会自行推算，表面细节可能略有差别。",
            "可以发布；要各处一致，请在导出时勾选“切线”（Blender 的 glTF 导出设置：数据 › 网格 › 切线，Tangents）。",
        ),
        (
            "The material has a normal map, the mesh no tangents: each device works them out, and fine relief may differ a little.",
            "It can be published; for the same look everywhere tick Tangents on export (Blender: Data › Mesh › Tangents).",
        ),
    ),
    (
        ("MESH_PRIMITIVE_NO_TANGENT_SPACE", "MESH_PRIMITIVE_TANGENT_WITHOUT_NORMAL"),
        (
            "材质需要法线和切线，网格却没有带全，光照效果无法正确计算。",
            "请在导出时同时勾选“法线”和“切线”，并确认网格展开了 UV。",
        ),
        (
            "The material needs normals and tangents that the mesh does not bring: its light cannot be worked out.",
            "Tick both Normals and Tangents on export, and make sure that the mesh has been UV-unwrapped.",
        ),
    ),
    (
        ("UNUSED_MESH_TANGENT", "UNUSED_MESH_WEIGHTS"),
        (
            "网格带有用不到的数据（切线或变形权重），只会增加体积。",
            "可以不管；导出时取消勾选“切线”能使文件更小。",
        ),
        (
            "The mesh brings tangents or morph weights that nothing uses; they only add to the size.",
            "Nothing has to be done; the file is smaller with Tangents unticked on export.",
        ),
    ),
    (
        ("MESH_PRIMITIVE_TOO_FEW_TEXCOORDS",),
        (
            "材质使用了贴图，网格却没有相应的纹理坐标（UV），贴图会显示成单一颜色。",
            "请为该网格展开 UV（Blender：UV › 智能 UV 投射），或去掉多余的贴图，再重新导出。",
        ),
        (
            "The material uses a texture for which the mesh has no texture coordinates (UV): it shows as a single colour.",
            "Unwrap the mesh (Blender: UV › Smart UV Project) or remove the texture, and export again.",
        ),
    ),
    (
        (
            "MESH_PRIMITIVE_UNEQUAL_ACCESSOR_COUNT",
            "MESH_PRIMITIVE_MORPH_TARGET_INVALID_ATTRIBUTE_COUNT",
            "MESH_PRIMITIVE_MORPH_TARGET_NO_BASE_ACCESSOR",
            "MESH_PRIMITIVES_UNEQUAL_TARGETS_COUNT",
        ),
        (
            "同一网格的位置、法线、UV 或形态键数量不一致，部分设备无法显示。",
            "请在建模软件中应用全部修改器，检查形态键，然后重新导出。",
        ),
        (
            "Positions, normals, UVs or shape keys of one mesh differ in number; some devices cannot show it.",
            "Apply all modifiers in the modelling program, check the shape keys, and export again.",
        ),
    ),
    (
        ("MESH_PRIMITIVE_INCOMPATIBLE_MODE",),
        (
            "顶点或索引的数量凑不成完整的三角形（或线段），最后剩余的会被丢弃。",
            "请在导出前把网格三角化（Blender：修改器“三角化”），再重新导出。",
        ),
        (
            "The vertices or indices do not make up whole triangles (or lines); what is left over is dropped.",
            "Triangulate the mesh before the export (Blender: the Triangulate modifier) and export again.",
        ),
    ),
    (
        ("MESH_PRIMITIVE_POSITION_ACCESSOR_WITHOUT_BOUNDS", "MESH_PRIMITIVE_NO_POSITION"),
        (
            "网格没有顶点位置，或没有声明位置的范围，因而无法得知它的大小。",
            "使用“修复”会补上范围；若确实没有位置，请删除这个空网格后重新导出。",
        ),
        (
            "The mesh has no positions, or does not declare their range, so that its size cannot be told.",
            "“Repair” adds the range; where there are no positions at all, delete that empty mesh and export again.",
        ),
    ),
    (
        (
            "MESH_PRIMITIVE_ATTRIBUTES_ACCESSOR_INVALID_FORMAT",
            "MESH_PRIMITIVE_ATTRIBUTES_ACCESSOR_UNSIGNED_INT",
            "MESH_PRIMITIVE_INDICES_ACCESSOR_INVALID_FORMAT",
            "MESH_PRIMITIVE_INVALID_ATTRIBUTE",
            "ACCESSOR_NORMALIZED_INVALID",
        ),
        (
            "顶点数据的格式或名称不符合标准；点云颜色和自定义属性常有此问题。",
            "请在导出时去掉自定义属性，颜色使用普通的顶点色；若做过量化压缩，请改为不压缩导出。",
        ),
        (
            "Vertex data is of a format or name that the standard does not allow; frequent with point colours and custom attributes.",
            "Leave custom attributes out of the export and use plain vertex colours; if it was quantised, export it uncompressed.",
        ),
    ),
    (
        ("ACCESSOR_NON_CLAMPED",),
        (
            "有的顶点颜色超出 0 到 1 的范围，显示会过亮或溢出。",
            "请在建模软件中把顶点色限制在 0 到 1，再重新导出。",
        ),
        (
            "Some vertex colours lie outside 0 to 1: they show too bright or wrap around.",
            "Limit the vertex colours to 0 to 1 in the modelling program and export again.",
        ),
    ),
)
