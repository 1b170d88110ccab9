using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;

namespace VoiceClean.Benchmarks;

/// <summary>
/// The default chain from the bytes of a 44.1 kHz 16-bit WAV file to those of the result, in memory, on one thread:
/// x real time = <see cref="Seconds"/> / time.
/// </summary>
[MemoryDiagnoser]
public class WholeChainBenchmarks
{
    private const int Rate = 44_100;
    private readonly CleaningPipeline _pipeline = new(new CleaningOptions());
    private byte[] _file = [];
    private byte[] _result = [];

    /// <summary>
    /// Length of the recording [s]; 5 is a clip of a batch, in which what a clip costs whatever its length shows.
    /// </summary>
    [Params(5, 60, 300)]
    public int Seconds { get; set; }

    /// <summary>With the measurements before and after that a report shows, or without.</summary>
    [Params(false, true)]
    public bool IsMeasured { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        byte[] file = new byte[44 + (2 * Rate * Seconds)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        foreach (
            (int at, int value) in ((int, int)[])
                [(16, 16), (20, 1 | (1 << 16)), (24, Rate), (28, 2 * Rate), (32, 2 | (16 << 16))])
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), file.Length - 44);
        for (int n = 0; n < Rate * Seconds; n++)
        {
            // Syllables of a gliding voice three times a second, a pause every two seconds, and noise 20 dB below.
            double t = (double)n / Rate,
                syllable = t % 2 > 0.7 ? Math.Max(0, Math.Sin(2 * Math.PI * 3 * t)) : 0,
                voice = 0;
            for (int h = 1; h < 20; h++)
            {
                voice += Math.Sin((2 * Math.PI * 120 * h * t) + (8 * h * Math.Sin(2 * Math.PI * 0.7 * t))) / h;
            }

            double sample = (0.1 * syllable * voice) + (0.01 * (random.NextDouble() + random.NextDouble() - 1));
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * n)), (short)(32767 * sample));
        }

        _file = file;
        _result = new byte[file.Length];
    }

    [Benchmark]
    public ClipReport Clean()
    {
        ClipReport report = _pipeline.Clean(new ClipJob
        {
            Id = "bench.wav",
            InputPath = "bench.wav",
            OutputPath = "out.wav",
            IsMeasured = IsMeasured,
            OpenInput = () => new MemoryStream(_file),
            Publish = write => write(new MemoryStream(_result)),
        });
        return report.Status == ClipStatus.Ok ? report : throw new InvalidOperationException(report.Message);
    }
}
