using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Microphone;

/// <summary>How a microphone's sound comes: interleaved 32-bit floats, little endian.</summary>
/// <param name="Rate">[Hz]</param>
/// <param name="Channels">Channels, as the device has them.</param>
internal readonly record struct MicrophoneFormat(int Rate, int Channels)
{
    /// <summary>What rates there are [Hz].</summary>
    public const int LowestRate = 8_000, HighestRate = 192_000;

    /// <summary>Most channels.</summary>
    public const int MostChannels = 8;

    /// <summary>Bytes of <see cref="WavHeader"/>.</summary>
    public const int HeaderBytes = 44;

    private const int TagFloat = 3;

    /// <summary>Bytes of one sample of every channel.</summary>
    public int FrameBytes => sizeof(float) * Channels;

    /// <summary>Reads it from a query: <c>?rate=48000&amp;channels=2</c>.</summary>
    /// <exception cref="RefusalException">It is missing or nonsense.</exception>
    public static MicrophoneFormat Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new MicrophoneFormat(
            Read(request, "rate", LowestRate, HighestRate),
            Read(request, "channels", 1, MostChannels));
    }

    /// <summary>What stands before the samples in a WAV file.</summary>
    /// <param name="dataBytes">Bytes of samples.</param>
    public byte[] WavHeader(long dataBytes)
    {
        byte[] header = new byte[HeaderBytes];
        uint size = (uint)Math.Min(dataBytes, uint.MaxValue - HeaderBytes);
        Span<byte> at = header;
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], HeaderBytes - 8 + size);
        "WAVEfmt "u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(at[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(at[20..], TagFloat);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(at[24..], (uint)Rate);
        BinaryPrimitives.WriteUInt32LittleEndian(at[28..], (uint)(Rate * FrameBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(at[32..], (ushort)FrameBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(at[34..], 8 * sizeof(float));
        "data"u8.CopyTo(at[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(at[40..], size);
        return header;
    }

    private static int Read(HttpRequest request, string name, int least, int most)
    {
        string text = request.Query[name].ToString();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
                ? value
                : throw new RefusalException(
                    ReasonCodes.BadOptions,
                    FormattableString.Invariant($"'{name}' is a whole number from {least} to {most}."));
    }
}
