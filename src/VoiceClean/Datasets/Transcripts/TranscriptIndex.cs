using System.Text;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Finds what is said in a recording: in a list (<c>path|speaker|LANGUAGE|text</c>, LJSpeech's
/// <c>id|text|normalised</c>, or <c>audio_file|text</c>), or in a .txt or .lab file beside it. Recordings are known by
/// their file name without folder and extension.
/// </summary>
internal sealed class TranscriptIndex
{
    private readonly AudioDecoders _decoders;
    private const long MostBytes = 1 << 30;

    private readonly Dictionary<string, Transcript> _byName = new(StringComparer.Ordinal);

    private TranscriptIndex(AudioDecoders decoders) => _decoders = decoders;

    /// <summary>Number of recordings in the list.</summary>
    public int Count => _byName.Count;

    /// <summary>Lines of the list that were not understood, from 1.</summary>
    public IReadOnlyList<int> IgnoredLines { get; private set; } = [];

    /// <summary>Reads a list; null = none, only files beside the recordings.</summary>
    /// <param name="path">The list.</param>
    /// <param name="decoders">Whose extensions are left out of names; null = the decoders that come with
    /// VoiceClean.</param>
    /// <param name="name">What the option is called, for messages.</param>
    /// <exception cref="InputException">Missing or unreadable, or a name stands for two different texts.</exception>
    public static TranscriptIndex Load(string? path, AudioDecoders? decoders = null, string name = "transcripts")
    {
        var transcripts = new TranscriptIndex(decoders ?? AudioDecoders.CreateDefault());
        if (path is null)
        {
            return transcripts;
        }

        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                throw new InputException(ReasonCodes.TooLarge, $"{path} is too large for a list of transcripts.");
            }

            transcripts.Parse(File.ReadAllText(path, new UTF8Encoding(false)), path);
            return transcripts;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ReasonCodes.NotFound, $"{name} {path}: {e.Message}", e);
        }
    }

    /// <summary>What is said in a recording, null if that is not known.</summary>
    /// <param name="path">The recording as it can be opened.</param>
    public Transcript? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_byName.TryGetValue(Name(path), out Transcript? listed))
        {
            return listed;
        }

        foreach (string extension in (string[])[".txt", ".lab"])
        {
            string beside = Path.ChangeExtension(path, extension);
            try
            {
                if (File.Exists(beside) && new FileInfo(beside).Length is > 0 and < 1 << 20)
                {
                    string text = OneLine(File.ReadAllText(beside, Encoding.UTF8));
                    return text.Length > 0 ? new Transcript(text, null) : null;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException(ReasonCodes.PermissionDenied, $"{beside} cannot be read: {e.Message}", e);
            }
        }

        return null;
    }

    /// <summary>Makes a text fit into a field of a list.</summary>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(
            ' ',
            text.Replace('|', ' ').TrimStart('\uFEFF').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private void Parse(string content, string path)
    {
        var ignored = new List<int>();
        string[] lines = content.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            string[] fields = line.Split('|');
            (string Name, string Text, string? Language)? entry = fields switch
            {
                [var file, _, var language, var text] => (file, text, language.Trim().ToLowerInvariant()),
                [var id, var text, var normalised] => (
                    id,
                    normalised.Trim().Length > 0 && !IsHeader(line) ? normalised : text,
                    null),
                [var file, var text] => (file, text, null),
                _ => null,
            };
            if (line.Length == 0 || IsHeader(line))
            {
                continue;
            }

            if (entry is not { } e)
            {
                ignored.Add(i + 1);
                continue;
            }

            var transcript = new Transcript(OneLine(e.Text), string.IsNullOrEmpty(e.Language) ? null : e.Language);
            string name = Name(e.Name);
            if (transcript.Text.Length > 0 && !_byName.TryAdd(name, transcript) && _byName[name] != transcript)
            {
                throw new InputException(
                    ReasonCodes.NameCollision,
                    $"{path}: line {i + 1} gives '{name}' another text than a line before; names must be unique.");
            }
        }

        IgnoredLines = ignored;
    }

    private static bool IsHeader(string line) => line.StartsWith("audio_file|", StringComparison.OrdinalIgnoreCase);

    // LJSpeech's ids have no extension, but may hold dots.
    private string Name(string path)
    {
        string name = path.Trim()[(path.Trim().LastIndexOfAny(['/', '\\']) + 1)..];
        string extension = Path.GetExtension(name);
        return _decoders.IsKnownName(name) ? name[..^extension.Length] : name;
    }
}
