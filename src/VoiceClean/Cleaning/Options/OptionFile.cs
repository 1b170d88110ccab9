using System.Text.Json;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cleaning.Options;

/// <summary>
/// Configuration files: a JSON object with the keys that reports echo under "options", nested as there; beside them the
/// names of the command line are understood at the top ("strength": 0.3, "min_snr": "5dB").
/// </summary>
internal static class OptionFile
{
    private static readonly JsonDocumentOptions Tolerant = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private const string Empty = "{}", Example = "{\"strength\": 0.4}";

    /// <summary>Reads a file over the defaults.</summary>
    /// <param name="path">The file; "-" is standard input.</param>
    /// <param name="defaults">What holds where it says nothing; null = the defaults of the library.</param>
    /// <param name="stop">Ends the waiting for a file that is a pipe.</param>
    /// <exception cref="VoiceCleanException">The file cannot be read or is wrong; the message names the file and the
    /// key (kind <see cref="ErrorKind.Usage"/>).</exception>
    public static CleaningOptions Load(
        string path,
        CleaningOptions? defaults = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        bool isStream = path == "-";
        string source = isStream ? "configuration on standard input" : $"configuration {path}";
        try
        {
            using var reader = new StreamReader(
                isStream ? InputFile.OpenStandardInput(stop)
                : Directory.Exists(path) ? throw Bad($"configuration {path} is a folder; name a JSON file.")
                : InputFile.OpenRead(path, stop));
            return Parse(reader.ReadToEnd(), source, defaults);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Bad($"configuration {path} does not exist.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Bad($"configuration {path} may not be read.", e);
        }
        catch (IOException e)
        {
            throw Bad($"configuration {path} cannot be read: {SystemErrors.Say(e)}.", e);
        }
    }

    /// <summary>Lays the options named in a JSON text over the defaults.</summary>
    /// <param name="json">An object; any key may be missing.</param>
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <param name="defaults">What holds where it says nothing; null = the defaults of the library.</param>
    /// <exception cref="VoiceCleanException">Not JSON, an unknown key, or a value out of its range; the message names
    /// the key, its unit and its range (kind <see cref="ErrorKind.Usage"/>).</exception>
    public static CleaningOptions Parse(string json, string source, CleaningOptions? defaults = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (string.IsNullOrWhiteSpace(json))
        {
            throw Bad($"{source} is empty; a configuration without any option is {Empty}.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Tolerant);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Bad($"{source} holds no JSON object; write options like {Example}.");
            }

            var settings = new List<(OptionRow<CleaningOptions>, string, string)>();
            Collect(document.RootElement, "", source, settings);
            return OptionTable.Cleaning.Apply(defaults ?? OptionTable.Cleaning.Defaults, settings);
        }
        catch (JsonException e)
        {
            throw Bad(
                $"{source} is no valid JSON (line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: look there "
                    + "for a missing comma, quote or bracket).",
                e);
        }
    }

    private static void Collect(
        JsonElement parent,
        string path,
        string source,
        List<(OptionRow<CleaningOptions> Row, string Text, string Label)> settings)
    {
        foreach (JsonProperty member in parent.EnumerateObject())
        {
            string key = path + member.Name;
            string[] below = [.. OptionTable.Cleaning.Rows.Select(r => r.Key).Where(k => IsBelow(k, key))];
            if (member.Value.ValueKind == JsonValueKind.Object && below.Length > 0)
            {
                Collect(member.Value, key + ".", source, settings);
                continue;
            }

            string label = $"{source}: {key} {Shown(member.Value)}";
            OptionRow<CleaningOptions> row = FindRow(key, path)
                ?? throw (below.Length > 0 ? NoGroup(label, key, below) : UnknownKey(source, key, path));
            if (settings.Any(s => s.Row.Name == row.Name))
            {
                throw new VoiceCleanException(
                    ErrorKind.Usage,
                    ReasonCodes.BadOptions,
                    $"{source}: {key} is given twice.");
            }

            if (TextOf(member.Value, row) is { } text)
            {
                settings.Add((row, text, label));
            }
            else if (member.Value.ValueKind != JsonValueKind.Null || !row.CanBeUnset)
            {
                throw new VoiceCleanException(
                    ErrorKind.Usage,
                    ReasonCodes.BadOptions,
                    $"{label}: must be {row.Expectation}.");
            }
        }
    }

    // The names of the command line hold at the top only.
    private static OptionRow<CleaningOptions>? FindRow(string key, string path) =>
        path.Length == 0
            ? OptionTable.Cleaning.Find(key)
            : OptionTable.Cleaning.Rows.FirstOrDefault(r => r.Key == key);

    /// <summary>
    /// The value as an option reads it; null stands for "off" or the only word where there is one, else for nothing.
    /// Null if it is no value: an object, a list where one value is wanted.
    /// </summary>
    private static string? TextOf(JsonElement value, OptionRow<CleaningOptions> row) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null when row.Words.Contains("off") => "off",
        JsonValueKind.Null when row.Words is [var only] => only,
        JsonValueKind.Array when row.Kind == OptionKind.List
            && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            string.Join(',', value.EnumerateArray().Select(e => e.GetString())),
        _ => null,
    };

    private static string Shown(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length > 40 ? text[..40] + "…" : text;
    }

    private static bool IsBelow(string key, string group) =>
        key.StartsWith(group + ".", StringComparison.Ordinal);

    private static VoiceCleanException NoGroup(string label, string key, string[] below)
    {
        string names = string.Join(", ", below.Select(k => k[(key.Length + 1)..])), group = $"an object with {names}";
        return Bad($"{label}: must be {group}.");
    }

    private static VoiceCleanException UnknownKey(string source, string key, string path)
    {
        string[] known =
        [
            .. OptionTable
                .Cleaning.Rows.SelectMany(r => path.Length > 0 ? [r.Key] : new[] { r.Key, r.Name.Replace('-', '_') })
                .Where(k => k.StartsWith(path, StringComparison.Ordinal))
                .Distinct(),
        ];
        string names = string.Join(", ", known.Where(k => path.Length > 0 || !k.Contains('.')));
        string near = Suggestion.For(key, known) is { } word ? $"; did you mean {word}?" : "";
        return new VoiceCleanException(
            ErrorKind.Usage,
            ReasonCodes.BadOptions,
            $"{source}: there is no option '{key}'{near} (known here: {names})");
    }

    private static VoiceCleanException Bad(string message, Exception? cause = null) =>
        new(ErrorKind.Usage, ReasonCodes.BadOptions, message, cause);
}
