using BenchmarkDotNet.Attributes;
using VoiceClean.Dsp.Resampling;

namespace VoiceClean.Benchmarks;

/// <summary>
/// Resampling of 60 s of mono noise to 32 kHz. 60 s divided by the time per operation is the speed in multiples of real
/// time: 40 ms are 1500 x. The coefficient table is made before, as in a batch.
/// </summary>
public class ResamplerBenchmarks
{
    private float[] _input = [];
    private float[] _output = [];

    /// <summary>[Hz]; 47,999 stands for the odd rates whose coefficients are interpolated.</summary>
    [Params(44_100, 48_000, 96_000, 22_050, 16_000, 8_000, 47_999)]
    public int InputRate { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        _input = new float[60 * InputRate];
        foreach (ref float sample in _input.AsSpan())
        {
            sample = random.NextSingle() - 0.5f;
        }

        _output = new float[32 * 1024];
        PolyphaseFilter.For(InputRate, 32_000);
    }

    [Benchmark]
    public long SixtySecondsTo32kHz()
    {
        var resampler = new PolyphaseResampler(InputRate, 32_000);
        long produced = 0;
        for (int at = 0; at < _input.Length;)
        {
            int count = Math.Min(resampler.PreferredBlock, _input.Length - at);
            resampler.Write(_input.AsSpan(at, count));
            at += count;
            if (at == _input.Length)
            {
                resampler.Finish();
            }

            for (int n; (n = resampler.Read(_output)) > 0;)
            {
                produced += n;
            }
        }

        return produced;
    }
}
