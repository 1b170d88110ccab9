using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace VoiceClean.Testing.Tools;

/// <summary>The plainest WAV files, written and read without the code under test.</summary>
public static class TestWav
{
    /// <summary>16-bit mono with the classic 44-byte header.</summary>
    public static byte[] Pcm16(int rate, ReadOnlySpan<short> samples, int channels = 1)
    {
        byte[] file = new byte[44 + (2 * samples.Length)];
        Span<byte> s = file;
        Encoding.ASCII.GetBytes("RIFF").CopyTo(s);
        BinaryPrimitives.WriteInt32LittleEndian(s[4..], file.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(s[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(s[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(s[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(s[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(s[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(s[28..], rate * 2 * channels);
        BinaryPrimitives.WriteInt16LittleEndian(s[32..], (short)(2 * channels));
        BinaryPrimitives.WriteInt16LittleEndian(s[34..], 16);
        Encoding.ASCII.GetBytes("data").CopyTo(s[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(s[40..], 2 * samples.Length);
        MemoryMarshal.AsBytes(samples).CopyTo(s[44..]);
        return file;
    }

    /// <summary>16-bit samples from floats.</summary>
    public static byte[] Pcm16(int rate, ReadOnlySpan<float> samples)
    {
        short[] rounded = new short[samples.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = (short)Math.Clamp(Math.Round(samples[i] * 32768.0), short.MinValue, short.MaxValue);
        }

        return Pcm16(rate, rounded);
    }

    /// <summary>The samples of a file with the classic header.</summary>
    public static short[] Samples16(byte[] file) =>
        MemoryMarshal.Cast<byte, short>(file.AsSpan(44, BitConverter.ToInt32(file, 40))).ToArray();
}
