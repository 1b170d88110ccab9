using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Order;
using MathNet.Numerics;
using MathNet.Numerics.IntegralTransforms;
using VoiceClean.Dsp.Fourier;

namespace VoiceClean.Benchmarks;

/// <summary>
/// One real transform against MathNet.Numerics, and one frame of analysis and synthesis. At 32 kHz and hop 256 a second
/// has 125 frames: x real time = 8 ms / time of a frame.
/// </summary>
[MemoryDiagnoser, Orderer(SummaryOrderPolicy.FastestToSlowest)]
public class RealFftBenchmarks
{
    private readonly float[] _time = new float[1024],
        _packed = new float[1026],
        _re = new float[513],
        _im = new float[513];
    private readonly float[] _samples = new float[32_000];
    private readonly MathNet.Numerics.Complex32[] _complex = new Complex32[1024];
    private readonly RealFft _fft = RealFft.For(1024);
    private readonly ShortTimeFourier _stft = ShortTimeFourier.SqrtHann(1024, 256);

    [GlobalSetup]
    public void Fill()
    {
        Control.UseSingleThread();
        var random = new Random(1);
        for (int n = 0; n < _samples.Length; n++)
        {
            _samples[n] = (float)(random.NextDouble() - 0.5);
        }

        _samples.AsSpan(0, 1024).CopyTo(_time);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _fft.Forward(_time, _re, _im);

    [Benchmark]
    public void Inverse() => _fft.Inverse(_re, _im, _time);

    [Benchmark]
    public void MathNetForwardReal()
    {
        _time.CopyTo(_packed.AsSpan());
        Fourier.ForwardReal(_packed, 1024, FourierOptions.NoScaling);
    }

    [Benchmark]
    public void MathNetComplex32()
    {
        for (int n = 0; n < 1024; n++)
        {
            _complex[n] = _time[n];
        }

        Fourier.Forward(_complex, FourierOptions.NoScaling);
    }

    /// <summary>One second of 32 kHz sound there and back, 130 frames: x real time = 1 s / time.</summary>
    [Benchmark]
    public void AnalyzeAndSynthesizeOneSecond()
    {
        OverlapAdder adder = _stft.CreateOverlapAdder(_samples.Length);
        int frames = _stft.FrameCount(_samples.Length);
        for (int t = 0; t < frames; t++)
        {
            _stft.Analyze(_samples, t, _re, _im);
            adder.Add(_re, _im, _samples);
        }
    }
}
