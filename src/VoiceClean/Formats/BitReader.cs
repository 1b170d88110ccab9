using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VoiceClean.Formats;

/// <summary>
/// Reads bits, most significant first, from bytes in memory. Behind the end it delivers zeros and says so in
/// <see cref="IsBeyondEnd"/>, so that a parser of a damaged file needs one check at its end and bounds on its loops.
/// </summary>
/// <param name="data">The bytes.</param>
internal ref struct BitReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _cache;                  // the next bits, at the top
    private int _count;                    // how many of them are accounted for
    private int _next;                     // the next byte that is not

    /// <summary>Bits read so far.</summary>
    public readonly long Position => 8L * _next - _count;

    /// <summary>True if more was read than there is.</summary>
    public readonly bool IsBeyondEnd => Position > 8L * _data.Length;

    /// <summary>Bits left; negative behind the end.</summary>
    public readonly long Left => 8L * _data.Length - Position;

    /// <summary>Reads 0 to 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Read(int bits)
    {
        if (_count < bits)
        {
            Fill();
        }

        uint value = (uint)(_cache >> 1 >> (63 - bits));
        _cache <<= bits;
        _count -= bits;
        return value;
    }

    /// <summary>Reads one bit.</summary>
    public bool ReadFlag() => Read(1) != 0;

    /// <summary>Reads 1 to 32 bits as two's complement.</summary>
    public int ReadSigned(int bits) => (int)(Read(bits) << (32 - bits)) >> (32 - bits);

    /// <summary>The next 1 to 32 bits, which stay unread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Peek(int bits)
    {
        if (_count < bits)
        {
            Fill();
        }

        return (uint)(_cache >> (64 - bits));
    }

    /// <summary>The next 64 bits; those that <see cref="MakeReady"/> has made so are true.</summary>
    public readonly ulong Ready => _cache;

    /// <summary>Passes over bits that were seen by <see cref="Peek"/>, or of those that are ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int bits)
    {
        _cache <<= bits;
        _count -= bits;
    }

    /// <summary>Passes over any number of bits, at least 0.</summary>
    public void Skip(long bits)
    {
        for (; bits > 32 && Left > 0; bits -= 32)
        {
            Read(32);
        }

        Read((int)Math.Min(bits, 32));
    }

    /// <summary>Goes on at the next whole byte.</summary>
    public void Align() => Read(_count & 7);

    /// <summary>Counts zeros and passes over them and the one behind them; ends at the end of the data.</summary>
    public int ReadUnary()
    {
        int zeros = 0;
        while (true)
        {
            Fill();
            int leading = BitOperations.LeadingZeroCount(_cache);
            if (leading < _count)
            {
                _cache <<= leading;
                _cache <<= 1;
                _count -= leading + 1;
                return zeros + leading;
            }

            zeros += _count;
            (_cache, _count) = (0, 0);
            if (_next > _data.Length)
            {
                return zeros;
            }
        }
    }

    /// <summary>
    /// Reads numbers in Rice coding (RFC 9639 §9.2.7): the high part in unary, <paramref name="parameter"/> low bits,
    /// the sign folded into the last one. False if one of them does not fit 32 bits.
    /// </summary>
    public bool ReadRice(scoped Span<int> target, int parameter)
    {
        for (int i = 0; i < target.Length; i++)
        {
            if (_count < 32)
            {
                Fill();
            }

            int high = BitOperations.LeadingZeroCount(_cache);
            if (high < _count)
            {
                _cache <<= high;
                _cache <<= 1;
                _count -= high + 1;
            }
            else
            {
                high = ReadUnary();
                if ((uint)high > uint.MaxValue >> parameter || _next > _data.Length + 8)
                {
                    return false;
                }
            }

            uint value = ((uint)high << parameter) | Read(parameter);
            target[i] = (int)(value >> 1) ^ -(int)(value & 1);
        }

        return true;
    }

    /// <summary>Makes at least 56 bits ready, so that what follows may look at them without asking.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MakeReady()
    {
        if (_next + 8 <= _data.Length)
        {
            ulong value = BinaryPrimitives.ReadUInt64BigEndian(
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(_data), _next), 8));
            _cache |= value >> _count;
            _next += (63 - _count) >> 3;
            _count |= 56;
            return;
        }

        (_cache, _count, _next) = FillAtEnd(_data, _cache, _count, _next);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fill() => MakeReady();

    // By value: what a loop keeps in registers stays there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (ulong Cache, int Count, int Next) FillAtEnd(
        ReadOnlySpan<byte> data,
        ulong cache,
        int count,
        int next)
    {
        while (count <= 56)
        {
            ulong value = next < data.Length ? data[next] : 0u;
            next++;
            cache |= value << (56 - count);
            count += 8;
        }

        return (cache, count, next);
    }
}
