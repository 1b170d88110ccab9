using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VoiceClean.Files;

/// <summary>
/// SHA-256 (FIPS 180-4) that needs nothing installed. .NET takes that of OpenSSL on Linux and ends the process where
/// there is none, as in small containers; loading it costs more than hashing a few kilobytes here. So the system's is
/// used for much data only, where it is there. Not thread-safe, as little as <see cref="IncrementalHash"/>.
/// </summary>
internal sealed class Sha256 : IDisposable
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    // Beyond it the system's is worth loading.
    private const int Much = 1 << 16;

    private const int BlockLength = 64, StateLength = 8;

    private static readonly Lazy<bool> IsSystemThere = new(() =>
        !OperatingSystem.IsLinux()
        || new[] { "libssl.so.3", "libssl.so.1.1" }.Any(name => NativeLibrary.TryLoad(name, out _)));

    private static readonly uint[] Start = FractionsOfPrimes(StateLength, Math.Sqrt);
    private static readonly uint[] Constants = FractionsOfPrimes(64, Math.Cbrt);

    private readonly IncrementalHash? _system;
    private readonly uint[] _state = [.. Start];
    private readonly byte[] _rest = new byte[BlockLength];
    private long _length;

    /// <summary>Begins a hash.</summary>
    /// <param name="isMuch">Whether so much is to come that the system's is worth loading.</param>
    public Sha256(bool isMuch = true)
    {
        if (isMuch && HasSystem)
        {
            _system = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Whether the system has what .NET needs for cryptography.</summary>
    public static bool HasSystem => IsSystemThere.Value;

    /// <summary>The hash of bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> bytes)
    {
        byte[] hash = new byte[Length];
        HashData(bytes, hash);
        return hash;
    }

    /// <summary>The same without an object: a run asks for the hash of a million names.</summary>
    /// <param name="bytes">Any.</param>
    /// <param name="hash">Takes <see cref="Length"/> bytes.</param>
    public static void HashData(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        if (bytes.Length > Much)
        {
            using var much = new Sha256();
            much.Append(bytes);
            much.Finish().CopyTo(hash);
            return;
        }

        long length = bytes.Length;
        Span<uint> state = stackalloc uint[StateLength];
        Start.CopyTo(state);
        for (; bytes.Length >= BlockLength; bytes = bytes[BlockLength..])
        {
            AddBlock(state, bytes);
        }

        Finish(state, bytes, length, hash);
    }

    /// <summary>The hash of a stream from where it stands to its end.</summary>
    public static byte[] HashData(Stream stream)
    {
        using var hash = new Sha256();
        byte[] buffer = new byte[Much];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            hash.Append(buffer.AsSpan(0, read));
        }

        return hash.Finish();
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_system is not null)
        {
            _system.AppendData(bytes);
            return;
        }

        int held = (int)(_length % BlockLength);
        _length += bytes.Length;
        if (held > 0)
        {
            int taken = Math.Min(BlockLength - held, bytes.Length);
            bytes[..taken].CopyTo(_rest.AsSpan(held));
            bytes = bytes[taken..];
            if (held + taken < BlockLength)
            {
                return;
            }

            AddBlock(_state, _rest);
        }

        for (; bytes.Length >= BlockLength; bytes = bytes[BlockLength..])
        {
            AddBlock(_state, bytes);
        }

        bytes.CopyTo(_rest);
    }

    /// <summary>The hash of everything that was added; to be asked for once.</summary>
    public byte[] Finish()
    {
        if (_system is not null)
        {
            return _system.GetHashAndReset();
        }

        byte[] hash = new byte[Length];
        Finish(_state, _rest.AsSpan(0, (int)(_length % BlockLength)), _length, hash);
        return hash;
    }

    /// <inheritdoc/>
    public void Dispose() => _system?.Dispose();

    // Behind what is left come a one, zeros, and the number of bits in the last eight bytes of a block.
    private static void Finish(Span<uint> state, ReadOnlySpan<byte> rest, long length, Span<byte> hash)
    {
        Span<byte> end = stackalloc byte[2 * BlockLength];
        end = end[..(rest.Length < BlockLength - sizeof(long) ? BlockLength : end.Length)];
        end.Clear();
        rest.CopyTo(end);
        end[rest.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(end[^sizeof(long)..], 8 * length);
        for (; end.Length > 0; end = end[BlockLength..])
        {
            AddBlock(state, end);
        }

        for (int i = 0; i < StateLength; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(sizeof(uint) * i)..], state[i]);
        }
    }

    private static void AddBlock(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int i = 0; i < 16; i++)
        {
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        }

        for (int i = 16; i < w.Length; i++)
        {
            uint early = w[i - 15], late = w[i - 2];
            w[i] = w[i - 16] + w[i - 7]
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3))
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10));
        }

        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        ReadOnlySpan<uint> constants = Constants.AsSpan(0, w.Length);
        for (int i = 0; i < w.Length; i++)
        {
            uint one = h + constants[i] + w[i] + ((e & f) ^ (~e & g)) + Turned(e, 6, 11, 25);
            uint two = ((a & b) ^ (a & c) ^ (b & c)) + Turned(a, 2, 13, 22);
            (h, g, f, e, d, c, b, a) = (g, f, e, d + one, c, b, a, one + two);
        }

        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }

    private static uint Turned(uint word, int one, int two, int three) =>
        BitOperations.RotateRight(word, one)
        ^ BitOperations.RotateRight(word, two)
        ^ BitOperations.RotateRight(word, three);

    // As the standard defines its constants: the first 32 bits behind the point of roots of the first primes.
    private static uint[] FractionsOfPrimes(int count, Func<double, double> root)
    {
        uint[] fractions = new uint[count];
        int found = 0;
        for (int n = 2; found < count; n++)
        {
            if (Sequence.Range(2, n - 2).All(d => n % d != 0))
            {
                double value = root(n);
                fractions[found++] = (uint)((value - Math.Floor(value)) * 4294967296.0);
            }
        }

        return fractions;
    }
}
