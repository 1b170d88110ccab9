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

    /// <summary>Where the samples stand: one part a data chunk, in the order of the file; at least one.</summary>
    public required IReadOnlyList<DataPart> Parts { get; init; }

    /// <summary>Length of all samples together [byte].</summary>
    public long DataLength => Parts.Sum(p => p.Length);

    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>Bytes of one multi-channel frame.</summary>
    public int FrameBytes => Coding.Bytes() * Format.Channels;
}

/// <summary>Samples of one data chunk, all of them inside the file.</summary>
/// <param name="Offset">Where the first one stands [byte].</param>
/// <param name="Length">[byte]; whole multi-channel frames, at least one.</param>
internal readonly record struct DataPart(long Offset, long Length);

/// <summary>How one sample is stored.</summary>
internal enum SampleCoding
{
    Unsigned8,
    Signed8,
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
