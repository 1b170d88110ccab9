using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Formats.Aac;

/// <summary>How the decoding of a frame went.</summary>
internal enum AacFrameResult
{
    /// <summary>Whole.</summary>
    Good,

    /// <summary>Damaged.</summary>
    Bad,

    /// <summary>Whole, but its higher half stands in an extension (HE-AAC) that is not read here.</summary>
    Extended,

    /// <summary>It holds more or other channels than the header says.</summary>
    Unsupported,
}

/// <summary>
/// Decodes frames of AAC-LC with one or two channels. Nothing is allocated per frame. Source: ISO/IEC 14496-3 §4.4.2.
/// </summary>
internal sealed class AacFrameDecoder
{
    private const int Single = 0, Pair = 1, Data = 4, Program = 5, Fill = 6, End = 7;
    private const int ReplicationData = 13, CheckedReplicationData = 14;

    private readonly AacBands _bands;
    private readonly AacChannel[] _channels;
    private readonly AacStereo _stereo = new();

    /// <param name="config">Of the stream.</param>
    public AacFrameDecoder(AacConfig config)
    {
        _bands = AacBands.Of(config.RateIndex);
        _channels = [.. Sequence.Range(0, config.Channels).Select(_ => new AacChannel())];
    }

    /// <summary>Forgets all frames.</summary>
    public void Reset()
    {
        _stereo.Reset();
        foreach (AacChannel channel in _channels)
        {
            channel.FilterBank.Reset();
        }
    }

    /// <summary>Decodes one <c>raw_data_block</c> (table 4.3).</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="samples">Receives the samples of all channels, interleaved; silence if it is damaged.</param>
    public AacFrameResult Decode(ReadOnlySpan<byte> frame, Span<float> samples)
    {
        var bits = new BitReader(frame);
        bool isExtended = false;
        int found = 0;
        AacFrameResult result = AacFrameResult.Bad;
        for (int element; (element = (int)bits.Read(3)) != End || bits.IsBeyondEnd;)
        {
            if (bits.IsBeyondEnd)
            {
                break;
            }

            bool isGood = element switch
            {
                Single or Pair when found + element < _channels.Length => ReadChannels(ref bits, element),
                Single or Pair => false,
                Data => SkipData(ref bits),
                Program => SkipProgram(ref bits),
                Fill => SkipFill(ref bits, ref isExtended),
                _ => false,
            };
            if (!isGood)
            {
                result = element is Single or Pair && found + element >= _channels.Length || element is 2 or 3
                    ? AacFrameResult.Unsupported
                    : AacFrameResult.Bad;
                found = 0;
                break;
            }

            found += element switch { Single => 1, Pair => 2, _ => 0 };
        }

        if (found != _channels.Length)
        {
            samples.Clear();
            foreach (AacChannel channel in _channels)
            {
                channel.FilterBank.Reset();
            }

            return result;
        }

        Synthesize(samples);
        return isExtended ? AacFrameResult.Extended : AacFrameResult.Good;
    }

    private bool ReadChannels(ref BitReader bits, int element)
    {
        bits.Read(4);                      // the element's tag
        AacChannel left = _channels[0];
        if (element == Single)
        {
            if (!left.ReadStream(ref bits, hasInfo: false, _bands))
            {
                return false;
            }

            _stereo.ClearMask();
            _stereo.FillNoise(left, null, Offsets(left));
            left.Shaping.Apply(left, _bands);
            return true;
        }

        AacChannel right = _channels[1];
        _stereo.ClearMask();
        bool isCommon = bits.ReadFlag();
        if (isCommon)
        {
            if (!left.ReadInfo(ref bits, _bands) || !_stereo.ReadMask(ref bits, left))
            {
                return false;
            }

            right.CopyInfo(left);
        }

        if (!left.ReadStream(ref bits, isCommon, _bands) || !right.ReadStream(ref bits, isCommon, _bands))
        {
            return false;
        }

        _stereo.FillNoise(left, null, Offsets(left));
        _stereo.FillNoise(right, isCommon ? left : null, Offsets(right));
        if (isCommon)
        {
            _stereo.Apply(left, right, Offsets(right));
        }

        left.Shaping.Apply(left, _bands);
        right.Shaping.Apply(right, _bands);
        return true;
    }

    private int[] Offsets(AacChannel channel) => channel.IsShort ? _bands.Short : _bands.Long;

    [SkipLocalsInit]
    private void Synthesize(Span<float> samples)
    {
        if (_channels.Length == 1)
        {
            AacChannel only = _channels[0];
            only.FilterBank.Synthesize(only.Spectrum, only.Windows, only.Shape, samples);
            return;
        }

        Span<float> left = stackalloc float[AacFilterBank.Frame], right = stackalloc float[AacFilterBank.Frame];
        AacChannel first = _channels[0], second = _channels[1];
        first.FilterBank.Synthesize(first.Spectrum, first.Windows, first.Shape, left);
        second.FilterBank.Synthesize(second.Spectrum, second.Windows, second.Shape, right);
        for (int i = 0; i < left.Length; i += 8)
        {
            (Vector256<float> low, Vector256<float> high) = LanePermutations.Interleave(
                Vector256.Create(left.Slice(i, 8)),
                Vector256.Create(right.Slice(i, 8)));
            low.CopyTo(samples[(2 * i)..]);
            high.CopyTo(samples[((2 * i) + 8)..]);
        }
    }

    /// <summary>Table 4.10.</summary>
    private static bool SkipData(ref BitReader bits)
    {
        bits.Read(4);
        bool isAligned = bits.ReadFlag();
        int count = (int)bits.Read(8);
        count += count == 255 ? (int)bits.Read(8) : 0;
        if (isAligned)
        {
            bits.Align();
        }

        bits.Skip(8L * count);
        return !bits.IsBeyondEnd;
    }

    /// <summary>Table 4.11: a fill element; its extension may be the higher half of HE-AAC.</summary>
    private static bool SkipFill(ref BitReader bits, ref bool isExtended)
    {
        int count = (int)bits.Read(4);
        count += count == 15 ? (int)bits.Read(8) - 1 : 0;
        if (count > 0)
        {
            isExtended |= bits.Peek(4) is ReplicationData or CheckedReplicationData;
            bits.Skip(8L * count);
        }

        return !bits.IsBeyondEnd;
    }

    /// <summary>
    /// Table 4.2: which elements are which loudspeakers; with two channels there is nothing to learn.
    /// </summary>
    private static bool SkipProgram(ref BitReader bits)
    {
        bits.Read(4 + 2 + 4);
        int front = (int)bits.Read(4), side = (int)bits.Read(4), back = (int)bits.Read(4);
        int low = (int)bits.Read(2), data = (int)bits.Read(3), coupling = (int)bits.Read(4);
        bits.Skip(bits.ReadFlag() ? 4 : 0);
        bits.Skip(bits.ReadFlag() ? 4 : 0);
        bits.Skip(bits.ReadFlag() ? 3 : 0);
        bits.Skip(5 * (front + side + back) + 4 * (low + data) + 5 * coupling);
        bits.Align();
        bits.Skip(8L * bits.Read(8));
        return !bits.IsBeyondEnd;
    }
}
