using System.Text.Json;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>A text that was given to a clip of a finished set.</summary>
/// <param name="File">Name of the clip without its folder.</param>
/// <param name="Text">One line.</param>
/// <param name="Language">Code; null = not known.</param>
/// <param name="Fit">One of <see cref="TextFits"/>.</param>
internal sealed record StoredText(string File, string Text, string? Language, string Fit);

/// <summary>
/// Texts of clips that came after the clips: <c>.voiceclean/texts.jsonl</c>, a line a text, the last one of a clip
/// counts. The records of the recordings stay as they are, so no audio is touched; a line is on the disk as soon as its
/// text is known, so an interrupted run goes on. Used under the lock of the state folder, by one thread.
/// </summary>
internal sealed class ClipTexts
{
    private const string Prefix = "texts";

    private readonly string _path;
    private readonly Dictionary<string, StoredText> _byFile;

    private ClipTexts(string path, Dictionary<string, StoredText> byFile) => (_path, _byFile) = (path, byFile);

    /// <summary>Reads the texts of all shards.</summary>
    /// <param name="set">The folders of the set.</param>
    /// <param name="shard">Whose file new texts go to.</param>
    /// <exception cref="VoiceCleanException">A file cannot be read.</exception>
    public static ClipTexts Open(SetFolders set, Shard shard)
    {
        string folder = StateFolder.In(set.Root, set.Memory);
        string suffix = shard.IsPart ? FormattableString.Invariant($"-{shard.Index}-of-{shard.Count}") : "";
        var texts = new Dictionary<string, StoredText>(StringComparer.Ordinal);
        try
        {
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, Prefix + "*.jsonl") : [];
            foreach (string line in files.Order(StringComparer.Ordinal).SelectMany(File.ReadLines))
            {
                if (TryRead(line) is { } text)
                {
                    texts[text.File] = text;
                }
            }
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, folder);
        }

        return new ClipTexts(Path.Combine(folder, Prefix + suffix + ".jsonl"), texts);
    }

    /// <summary>A clip with the text that was given to it, if one was.</summary>
    public ClipRecord Lay(ClipRecord clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return _byFile.TryGetValue(NameOf(clip), out StoredText? text)
            ? clip with
            {
                Text = text.Text,
                Language = text.Language ?? clip.Language,
                TextFit = text.Fit,
                UntoldS = null,
            }
            : clip;
    }

    /// <summary>Keeps texts; what is there already is not written again.</summary>
    /// <exception cref="VoiceCleanException">They cannot be written.</exception>
    public void Add(IEnumerable<StoredText> texts)
    {
        StoredText[] fresh = [.. texts.Where(t => _byFile.GetValueOrDefault(t.File) != t)];
        if (fresh.Length == 0)
        {
            return;
        }

        try
        {
            using var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            if (stream.Length > 0)
            {
                // A line that a killed run left half.
                stream.Position = stream.Length - 1;
                bool isTorn = stream.ReadByte() != '\n';
                stream.Write(isTorn ? "\n"u8 : default);
            }

            foreach (StoredText text in fresh)
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(text, DatasetContext.Relaxed.StoredText));
                stream.WriteByte((byte)'\n');
                _byFile[text.File] = text;
            }
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, _path);
        }
    }

    /// <summary>The name by which a clip is known, wherever in the set it lies.</summary>
    public static string NameOf(ClipRecord clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return clip.File[(clip.File.LastIndexOf('/') + 1)..];
    }

    private static StoredText? TryRead(string line)
    {
        try
        {
            StoredText? text = JsonSerializer.Deserialize(line, DatasetContext.Relaxed.StoredText);
            return text is { File: not null, Text: not null } && !TranscriptText.IsDamaged(text.Text)
                ? text with { Text = TranscriptText.OneLine(text.Text) }
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
