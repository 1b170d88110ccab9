using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// What the header of a WAV file says, checked against the file and corrected where it cannot be true.
/// </summary>
internal sealed record WavLayout
{
    public required AudioFormat Format { get; init; }

    public required SampleCoding Coding { get; init; }

    /// <summary>True for RIFX: samples stand most significant byte first.</summary>
    public required bool BigEndian { get; init; }

    /// <summary>Where the first sample stands [byte].</summary>
    public required long DataOffset { get; init; }

    /// <summary>Length of the samples [byte]; whole multi-channel frames, all of them inside the file.</summary>
    public required long DataLength { get; init; }

    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>Bytes of one multi-channel frame.</summary>
    public int FrameBytes => Coding.Bytes() * Format.Channels;
}

/// <summary>How one sample is stored.</summary>
internal enum SampleCoding
{
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    Float64,
    ALaw,
    MuLaw,
}

internal static class SampleCodingExtensions
{
    /// <summary>Bytes of one stored sample.</summary>
    public static int Bytes(this SampleCoding coding) => coding switch
    {
        SampleCoding.Signed16 => 2,
        SampleCoding.Signed24 => 3,
        SampleCoding.Signed32 or SampleCoding.Float32 => 4,
        SampleCoding.Float64 => 8,
        _ => 1,
    };
}
