using System.Buffers;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>The gain of one run: the a-priori SNR in both directions, the gains, and what they do to speech.</summary>
internal sealed unsafe class RunGain : IDisposable
{
    private readonly float[] _floors, _strokeFloors;        // of the gain, elsewhere and in strokes [3 x Stride]
    private readonly StrokeNoise? _strokes;
    private readonly float _alpha;                  // weight of the frame before in the recursions
    private readonly float _strongDepth;            // of the gain
    private readonly int _stride;
    private readonly float[] _backward;             // a-priori SNR of the block [block x Stride]
    private readonly float[] _backwardState, _forwardState;     // G²γ of the neighbour [Stride]
    private readonly float[] _gains;                // [Stride]

    /// <param name="framing">The frames.</param>
    /// <param name="depth">How far noise is turned down in pauses.</param>
    /// <param name="noise">The noise. One that comes and goes is turned down as far as was asked for.</param>
    /// <param name="blockFrames">Frames per block.</param>
    public RunGain(SpeechFraming framing, GateDepth depth, NoiseTrack noise, int blockFrames)
    {
        _floors = GateFloor.PerBin(framing, depth);
        _strokes = noise.Strokes;
        _strongDepth = noise.StrongFrameDepth;
        _strokeFloors = _strokes is null ? _floors : GateFloor.PerBin(framing, depth.Full);
        _alpha = (float)Math.Exp(-framing.HopSeconds / GateConstants.PriorSeconds);
        _stride = framing.Stride;
        Near = framing.Frames(GateConstants.SparedSeconds);
        _backward = ArrayPool<float>.Shared.Rent(blockFrames * _stride);
        _backwardState = new float[_stride];
        _forwardState = new float[_stride];
        _gains = new float[_stride];
        Array.Fill(_forwardState, 1f);
        Harm = new SpeechHarmEstimator(framing);
    }

    /// <summary>Frames on either side whose fricatives spare a frame.</summary>
    public int Near { get; }

    /// <summary>What the gains did to speech.</summary>
    public SpeechHarmEstimator Harm { get; }

    /// <summary>The a-priori SNR of a block from its future.</summary>
    public void RunBackward(GateWindow window, GateBlock block)
    {
        Vector256<float> alpha = Vector256.Create(_alpha), floor = Vector256.Create(GateConstants.LeastPrior);
        Array.Fill(_backwardState, 1f);
        for (int t = block.Seen - 1; t >= block.Start; t--)
        {
            fixed (float* state = _backwardState, gamma = window.Power(t), rows = _backward)
            {
                float* prior = t < block.End ? rows + ((nint)(t - block.Start) * _stride) : null;
                for (nint k = 0; k < _stride; k += 8)
                {
                    Vector256<float> previous = Vector256.Load(state + k);
                    Vector256<float> xi = LogSpectralAmplitude.DecisionDirected(
                        ref previous,
                        Vector256.Load(gamma + k),
                        alpha,
                        floor);
                    previous.Store(state + k);
                    if (prior is not null)
                    {
                        xi.Store(prior + k);
                    }
                }
            }
        }
    }

    /// <summary>Gates one frame. Frames come in their order.</summary>
    /// <param name="window">Where it lies.</param>
    /// <param name="frame">Its number.</param>
    /// <param name="row">The same within the block.</param>
    /// <param name="presence">The speech in the block.</param>
    /// <param name="isSpeech">Whether to watch what the gain does to it.</param>
    public void Apply(GateWindow window, int frame, int row, RunPresence presence, bool isSpeech)
    {
        FrameLevel level = window.Level(frame);
        var of = new GateFrame(
            presence.Activity(row),
            level.Prominence,
            level.Fricative,
            window.NearFricative(frame, Near),
            _strongDepth);
        float[] floorRows = _strokes?.IsIn(frame) == true ? _strokeFloors : _floors;
        fixed (float* re = window.Re(frame), im = window.Im(frame), gamma = window.Power(frame), gains = _gains)
        fixed (float* mean = presence.Mean(row), present = presence.Presence(row), broad = presence.Broad)
        fixed (float* back = _backward, state = _forwardState, floors = floorRows)
        {
            var cells = new GainCells(gamma, back + ((nint)row * _stride), mean, present, broad);
            GateGain.Compute(cells, of, _alpha, floors, state, gains, _stride);
            if (isSpeech && frame % GateConstants.HarmStep == 0)
            {
                Harm.Add(re, im, gamma, gains);
            }

            GateGain.Apply(re, im, gains, _stride);
        }
    }

    /// <summary>Gives the rows back to the pool.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(_backward);
}
