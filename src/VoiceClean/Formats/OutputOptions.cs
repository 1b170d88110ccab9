using System.Text.Json.Serialization;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>How the result is written.</summary>
public sealed record OutputOptions
{
    /// <summary>Word length of the WAV file.</summary>
    [JsonIgnore]
    public SampleEncoding Encoding { get; init; } = SampleEncoding.Pcm16;

    [JsonInclude]
    [JsonPropertyName("encoding")]
    internal string EncodingWord
    {
        get => JsonWords.Of(Encoding);
        init => Encoding = JsonWords.Read<SampleEncoding>(value);
    }
}

/// <summary>How a sample is stored in the output.</summary>
public enum SampleEncoding
{
    /// <summary>16-bit integer with TPDF dither (the default).</summary>
    Pcm16,

    /// <summary>24-bit integer with TPDF dither.</summary>
    Pcm24,

    /// <summary>IEEE float of 32 bits, undithered, may exceed full scale.</summary>
    IeeeFloat,
}
