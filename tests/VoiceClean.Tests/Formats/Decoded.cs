using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Tests.Formats;

/// <summary>A file decoded to its end.</summary>
internal sealed record Decoded(AudioFormat Format, float[] Samples, IReadOnlyList<Warning> Warnings)
{
    /// <summary>Samples per channel.</summary>
    public int Length => Samples.Length / Format.Channels;

    public IEnumerable<string> Codes => Warnings.Select(w => w.Code);

    public static Decoded From(byte[] file, DecodeLimits? limits = null, AudioDecoders? decoders = null) =>
        From(new MemoryStream(file), limits, decoders);

    public static Decoded From(Stream file, DecodeLimits? limits = null, AudioDecoders? decoders = null)
    {
        using IAudioReader reader = (decoders ?? AudioDecoders.CreateDefault()).Open(
            file,
            limits ?? new DecodeLimits());
        return From(reader);
    }

    public static Decoded From(IAudioReader reader, int blockFrames = 1000)
    {
        var samples = new List<float>();
        float[] block = new float[blockFrames * reader.Format.Channels];
        for (int count; (count = reader.Read(block)) > 0;)
        {
            samples.AddRange(block.AsSpan(0, count));
        }

        return new Decoded(reader.Format, [.. samples], reader.Warnings);
    }
}
