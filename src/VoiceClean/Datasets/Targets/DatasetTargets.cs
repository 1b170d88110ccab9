using VoiceClean.Files;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json;
using VoiceClean.Errors;

namespace VoiceClean.Datasets.Targets;

/// <summary>The targets by name, and targets of one's own.</summary>
internal static class DatasetTargets
{
    /// <summary>The one taken when none is named.</summary>
    public const string Default = "gpt-sovits";

    /// <summary>The targets that come with VoiceClean.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["gpt-sovits", "f5-tts", "xtts", "style-bert-vits2", "ljspeech", "fish-speech"];

    /// <summary>The readable record of a target that comes with VoiceClean.</summary>
    /// <exception cref="VoiceCleanException">There is no target of that name (kind
    /// <see cref="ErrorKind.Usage"/>).</exception>
    public static string ReadText(string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            throw Bad(
                $"There is no target '{name}'; the targets are {string.Join(", ", Names)}, or a JSON file of your own."
            );
        }

        byte[] records = PackedResource.Read(typeof(DatasetTargets).Assembly, "VoiceClean.Datasets.Targets.json");
        return Encoding.UTF8.GetString(records).Split('\0').First(r => r.Contains($"\"name\": \"{name}\""));
    }

    /// <summary>
    /// A target by name, or from a JSON file: its keys are laid over those of the target it names under "base"
    /// (gpt-sovits if none).
    /// </summary>
    /// <param name="nameOrPath">"gpt-sovits", "xtts" … or a path that ends in ".json".</param>
    /// <param name="name">What the option is called, for messages.</param>
    /// <exception cref="VoiceCleanException">Unknown, unreadable, an unknown key, or a value out of its range (kind
    /// <see cref="ErrorKind.Usage"/>).</exception>
    public static DatasetTarget Load(string nameOrPath, string name = "target")
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? Parse(ReadFile(nameOrPath, name), nameOrPath)
            : Parse(ReadText(nameOrPath), nameOrPath);
    }

    /// <summary>Reads a record of one's own.</summary>
    /// <param name="json">An object with the keys of the records that come with VoiceClean, any of them missing, and
    /// perhaps "base".</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="VoiceCleanException">As for <see cref="Load"/>.</exception>
    public static DatasetTarget Parse(string json, string source)
    {
        try
        {
            var options = new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            };
            JsonObject given = (
                JsonNode.Parse(json, documentOptions: options) ?? throw new JsonException("the file holds no object")
            ).AsObject();
            string name = (string?)given["base"] ?? Default;
            JsonObject merged = JsonNode.Parse(ReadText(name))!.AsObject();
            foreach ((string key, JsonNode? value) in given)
            {
                if (key != "base" && !merged.ContainsKey(key))
                {
                    throw new JsonException(
                        $"there is no key '{key}'; known are base, {string.Join(", ", merged.Select(p => p.Key))}");
                }

                merged[key] = value?.DeepClone();
            }

            merged.Remove("base");
            DatasetTarget target = merged.Deserialize(TargetContext.Relaxed.DatasetTarget)!;
            if (
                target.Rules.FirstOrDefault(r => !ClipMeasures.Names.Contains(r.Measure, StringComparer.Ordinal)) is
                { } wrong)
            {
                throw new JsonException(
                    $"rule '{wrong.Rule}' measures '{wrong.Measure}'; measures are "
                        + $"{string.Join(", ", ClipMeasures.Names)}");
            }

            target.Slicing.Validate();
            return target;
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw Bad($"{source}: {(e.InnerException ?? e).Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string ReadFile(string path, string name)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad($"{name} {path} cannot be read: {SystemErrors.Say(e)}.");
        }
    }

    private static VoiceCleanException Bad(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}
