namespace VoiceClean.Datasets.Transcripts;

/// <summary>A recording or a clip, with the parts of its name.</summary>
internal sealed class MatchTarget
{
    /// <summary>Takes its name apart.</summary>
    public MatchTarget(TextTarget target, Func<string, bool> isAudioName)
    {
        Of = target;
        (Stem, Extension) = NamedEntry.Split(target.Id[(target.Id.LastIndexOf('/') + 1)..], isAudioName);
        IdFolders = target.Id.Split('/')[..^1];
        FullPath = Path.GetFullPath(target.Path);
        FullPathWithoutExtension = FullPath[..^Extension.Length];
        Folders = (Path.GetDirectoryName(FullPath) ?? "").Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What it is.</summary>
    public TextTarget Of { get; }

    /// <summary>Its name without the extension.</summary>
    public string Stem { get; }

    /// <summary>Its extension with the dot, if it is that of a recording.</summary>
    public string Extension { get; }

    /// <summary>Folders of its id: below the inputs.</summary>
    public string[] IdFolders { get; }

    /// <summary>All folders it lies in, outermost first.</summary>
    public string[] Folders { get; }

    /// <summary>The innermost of them.</summary>
    public string Parent => Folders is [.., var last] ? last : "";

    /// <summary>Its complete path.</summary>
    public string FullPath { get; }

    /// <summary>The same without the extension.</summary>
    public string FullPathWithoutExtension { get; }

    /// <summary>
    /// Whether another recording lies beside a text file and has its name: the text is about that one.
    /// </summary>
    /// <param name="withoutExtension">Complete path of the text file without its extension.</param>
    /// <param name="recordingsIn">Names of the recordings in a folder, without extensions.</param>
    public bool HasNeighbour(string withoutExtension, Func<string, IReadOnlySet<string>> recordingsIn)
    {
        ArgumentNullException.ThrowIfNull(recordingsIn);
        string? folder = Path.GetDirectoryName(withoutExtension);
        return folder is not null
            && folder != Path.GetDirectoryName(FullPath)
            && recordingsIn(folder).Contains(Path.GetFileName(withoutExtension));
    }
}
