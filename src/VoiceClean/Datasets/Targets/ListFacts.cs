namespace VoiceClean.Datasets.Targets;

/// <summary>
/// What can be wrong with lists and their lines, by the names of the measures in the rules of targets.
/// </summary>
internal static class ListFacts
{
    /// <summary>The list is not UTF-8.</summary>
    public const string NotUtf8 = "list_not_utf8";

    /// <summary>The first line does not name the columns.</summary>
    public const string HeaderWrong = "list_header_wrong";

    /// <summary>There are lists, none called as the trainer wants it.</summary>
    public const string NameWrong = "list_name_wrong";

    /// <summary>A line has not the right fields.</summary>
    public const string BadLine = "bad_list_line";

    /// <summary>A quote ran on over other lines.</summary>
    public const string RowsSwallowed = "rows_swallowed";

    /// <summary>A quote at the start of a field is read as CSV.</summary>
    public const string QuotesLost = "quotes_lost";

    /// <summary>A | in the text.</summary>
    public const string TextCut = "text_cut";

    /// <summary>The path leads to no file.</summary>
    public const string PathNotFound = "path_not_found";

    /// <summary>The path is relative.</summary>
    public const string PathRelative = "path_relative";

    /// <summary>The clip lies below the folder of its speaker.</summary>
    public const string BelowFolder = "below_folder";

    /// <summary>The clip lies in no folder of a speaker.</summary>
    public const string AtTop = "at_top";

    /// <summary>Several lines have this file name, with other texts.</summary>
    public const string NameShared = "name_shared";

    /// <summary>Several lines say the same about one clip.</summary>
    public const string LineRepeated = "line_repeated";

    /// <summary>Several lines say different things about one clip.</summary>
    public const string TextsDiffer = "texts_differ";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NotUtf8, HeaderWrong, NameWrong, BadLine, RowsSwallowed, QuotesLost, TextCut, PathNotFound, PathRelative,
        BelowFolder, AtTop, NameShared, LineRepeated, TextsDiffer,
    ];
}
