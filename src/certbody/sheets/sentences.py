"""The sentence of each fault of a sheet, Chinese and English."""

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    # the file
    "not_found": ("没有这个文件", "there is no such file"),
    "not_readable": ("无法读取：{why}", "cannot be read: {why}"),
    "not_written": ("无法写入：{why}", "cannot be written: {why}"),
    "already_there": (
        "文件已存在；请换一个文件名，或加 --overwrite 覆盖",
        "the file exists; choose another name, or add --overwrite to replace it",
    ),
    "no_suffix": ("文件名须以 .xlsx 结尾", "the name of the file must end in .xlsx"),
    "not_xlsx": (
        "不是 Excel 工作簿（.xlsx）；请在 Excel 中另存为 .xlsx",
        "not an Excel workbook (.xlsx); save it as .xlsx in Excel",
    ),
    "old_or_locked": (
        "是旧版 .xls 或加了密码的文件；请去掉密码并另存为 .xlsx",
        "an old .xls, or protected by a password; remove the password and save it as .xlsx",
    ),
    "damaged": ("文件已损坏：{why}", "the file is damaged: {why}"),
    "too_large": ("文件过大，最多 {limit} MB", "the file is too large; at most {limit} MB"),
    "unpacks_too_large": (
        "解压后过大，最多 {limit} MB",
        "the file unpacks to more than {limit} MB",
    ),
    # its sheets
    "no_sheet": (
        "没有名为“{what}”的工作表；现有：{found}",
        "no sheet named “{what}”; there is: {found}",
    ),
    "no_sheet_at_all": (
        "没有一张准则工作表；应有：{allowed}",
        "no sheet of criteria; expected: {allowed}",
    ),
    "unknown_sheet": (
        "不认识的工作表；可用：{allowed}。请改名或删除",
        "unknown sheet; known: {allowed}. Rename or delete it",
    ),
    "empty_sheet": ("空表：没有任何准则", "empty: there are no criteria"),
    "too_many_rows": ("超过 {limit} 行", "more than {limit} rows"),
    "too_far_right": (
        "超过 {limit} 列；请清除表格右侧的内容",
        "more than {limit} columns; clear what stands to the right of the table",
    ),
    # its columns
    "missing_column": ("缺少列“{what}”", "the column “{what}” is missing"),
    "doubled_column": ("列“{what}”出现两次", "the column “{what}” stands twice"),
    "unknown_column": (
        "不认识的列“{text}”；可用：{allowed}",
        "unknown column “{text}”; known: {allowed}",
    ),
    "no_header": ("此列有内容而没有表头", "this column holds something but has no header"),
    # its cells
    "missing": ("{what}未填写", "{what} is missing"),
    "too_long": (
        "{what}有 {length} 个字符，最多 {limit} 个",
        "{what} has {length} characters; at most {limit}",
    ),
    "invisible": (
        "{what}含有不可见字符（{text}），请重新输入",
        "{what} holds an invisible character ({text}); type it again",
    ),
    "error_value": ("{what}是出错的公式（{text}）", "{what} is a formula in error ({text})"),
    "no_value": (
        "{what}的公式没有保存结果；请在 Excel 中打开并保存",
        "{what} is a formula without a stored result; open and save the file in Excel",
    ),
    "stored_as_number": (
        "{what}存成了数字 {text}，5.1 与 5.10 无法区分；请把单元格设为文本后重新输入",
        "{what}: {text} is stored as a number (5.1 or 5.10?); format it as text, type it again",
    ),
    "stored_as_date": (
        "{what}被 Excel 存成了日期或时间（{text}）；请把单元格设为文本后重新输入",
        "{what}: Excel stored a date or time ({text}); format it as text, type it again",
    ),
    "not_text": ("{what}须为文字，不能是 {text}", "{what} must be text, not {text}"),
    "not_a_number": ("{what}“{text}”不是数", "{what}: “{text}” is not a number"),
    "negative": ("{what} {text} 小于 0", "{what}: {text} is less than 0"),
    "not_yes_no": ("{what}“{text}”须为“是”或“否”", "{what}: “{text}” must be 是 (yes) or 否 (no)"),
    "not_a_choice": (
        "{what}“{text}”不在可选项中；可选：{allowed}",
        "{what}: “{text}” is unknown; allowed: {allowed}",
    ),
    "no_choices": (
        "本准则集没有{what}，此格须留空",
        "this set of criteria has no {what}; leave the cell empty",
    ),
    "unknown_document": (
        "{what}引用了“{text}”；可引用：{allowed}，写作“{example}”",
        "{what} cites “{text}”; documents that may be cited: {allowed}, written “{example}”",
    ),
    # its rows together
    "not_filled": (
        "只填了上级；请填写整行，或整行删除",
        "only the parent is filled in; fill in the row, or delete it",
    ),
    "doubled_id": ("编号“{text}”与第 {row} 行重复", "the id “{text}” stands in row {row} already"),
    "own_parent": ("“{text}”把自己写成了上级", "“{text}” names itself as its parent"),
    "unknown_parent": ("没有编号为“{text}”的上级", "there is no parent with the id “{text}”"),
    "parent_below": (
        "上级“{text}”在第 {row} 行；上级须排在下级之前",
        "the parent “{text}” stands in row {row}; a parent must stand above its children",
    ),
    "too_deep": ("超过 {limit} 层", "more than {limit} levels"),
    "sum_differs": (
        "“{text}”的分值为 {points}，下级合计为 {total}",
        "“{text}” has {points} points, but its children sum to {total}",
    ),
    "total_differs": (
        "最上层分值合计为 {total}，满分应为 {full}",
        "the points of the top level sum to {total}, not to the full score {full}",
    ),
    "veto_on_heading": (
        "“{text}”有下级，不能是否决项；请标在下级上",
        "“{text}” has children and cannot be a veto; mark the children",
    ),
    # the rulebook it is for
    "does_not_fit": ("与规则数据不符：{why}", "does not fit the rulebook: {why}"),
    "too_much_to_keep": (
        "内容超过 {limit} MB，无法保存；请缩短文字",
        "more than {limit} MB of content cannot be kept; shorten the texts",
    ),
}
