using VoiceClean.Errors;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// What kind of AAC a stream is. Source: ISO/IEC 14496-3 §1.6.2 (AudioSpecificConfig), §1.A.2 (ADTS).
/// </summary>
/// <param name="RateIndex">0 to 12, see <see cref="AacBands"/>.</param>
/// <param name="SampleRate">[Hz]</param>
/// <param name="Channels">1 or 2.</param>
internal sealed record AacConfig(int RateIndex, int SampleRate, int Channels)
{
    private const int LowComplexity = 2, Replication = 5, ParametricStereo = 29, Extension = 0x2B7;

    /// <summary>Reads an AudioSpecificConfig.</summary>
    /// <exception cref="InputException">It is no AAC-LC with one or two channels
    /// (<c>unsupported_format</c>).</exception>
    public static AacConfig Parse(ReadOnlySpan<byte> bytes)
    {
        var bits = new BitReader(bytes);
        int type = ReadType(ref bits);
        int index = (int)bits.Read(4);
        int rate = index == 15 ? (int)bits.Read(24) : AacBands.RateOf(index);
        int channels = (int)bits.Read(4);
        if (type != LowComplexity)
        {
            throw Unsupported(type is Replication or ParametricStereo ? "HE-AAC" : $"MPEG-4 audio of type {type}");
        }

        bool isShortFrame = bits.ReadFlag();   // 960 samples
        bits.Skip(bits.ReadFlag() ? 14 : 0);   // depends on a core coder
        bits.ReadFlag();
        if (bits.Left >= 16 && bits.Read(11) == Extension && ReadType(ref bits) == Replication && bits.ReadFlag())
        {
            throw Unsupported("HE-AAC");
        }

        return Make(index == 15 ? AacBands.IndexOf(rate) : index, rate, isShortFrame ? 0 : channels);
    }

    /// <summary>Of a sampling rate and a channel configuration.</summary>
    /// <exception cref="InputException">Not one or two channels, or a rate that does not exist
    /// (<c>unsupported_format</c>).</exception>
    public static AacConfig Make(int rateIndex, int sampleRate, int channels) =>
        channels is 1 or 2 && sampleRate is >= 7000 and <= 96_000
            ? new AacConfig(rateIndex, sampleRate, channels)
            : throw Unsupported($"AAC with a channel configuration of {channels} at {sampleRate} Hz");

    /// <summary>A refusal that lets the next decoder be asked.</summary>
    public static InputException Unsupported(string what) =>
        new(ReasonCodes.UnsupportedFormat, $"The file holds {what}, which is not read without ffmpeg.");

    private static int ReadType(ref BitReader bits) =>
        (int)bits.Read(5) is var type and < 31 ? type : 32 + (int)bits.Read(6);
}
