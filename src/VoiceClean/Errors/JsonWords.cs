using System.Text.Json;

namespace VoiceClean.Errors;

/// <summary>
/// Enumerations as snake_case words. Properties that are often in JSON show themselves to it as such a word: the
/// framework keeps 18 KB in the native binary for every enumeration that it is to know.
/// </summary>
internal static class JsonWords
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word, in any letter case; of null the first.</summary>
    /// <exception cref="JsonException">There is no such word.</exception>
    public static T Read<T>(string? word)
        where T : struct, Enum
    {
        if (word is null)
        {
            return default;
        }

        return Enum.TryParse(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out T value)
            && Of(value).Equals(word, StringComparison.OrdinalIgnoreCase)
                ? value
                : throw new JsonException();
    }
}
