// VoiceClean.Fuzz TARGET                    for afl-fuzz, after `sharpfuzz VoiceClean.dll`
// VoiceClean.Fuzz TARGET SECONDS [SEED]     without a fuzzer: seeded mutations of the corpus; prints how many
using System.Diagnostics;
using System.Globalization;
using SharpFuzz;
using VoiceClean.Fuzz;

if (args.Length == 0 || !FuzzTargets.All.TryGetValue(args[0], out Action<byte[]>? target))
{
    Console.Error.WriteLine($"Targets: {string.Join(' ', FuzzTargets.All.Keys)}");
    return 2;
}

if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        target(bytes.ToArray());
    });
    return 0;
}

byte[][] files = [.. FuzzTargets.Corpus().Where(c => c.Target == args[0]).Select(c => File.ReadAllBytes(c.Path))];
double seconds = double.Parse(args[1], CultureInfo.InvariantCulture);
int seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
var random = new Random(seed);
var clock = Stopwatch.StartNew();
long runs = 0;
double slowest = 0;
byte[] mutant = [];
double before = 0;
using var watch = new Timer(_ =>
{
    // What hangs is kept, and ends the run. A machine that has other things to do is no hang.
    if (Worked() - Volatile.Read(ref before) > 20)
    {
        File.WriteAllBytes($"hangs-{args[0]}-{seed}-{runs}", mutant);
        Environment.Exit(1);
    }
}, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
while (clock.Elapsed.TotalSeconds < seconds)
{
    mutant = FuzzTargets.Mutate(files[random.Next(files.Length)], random);
    Volatile.Write(ref before, Worked());
    try
    {
        target(mutant);
    }
    catch (Exception)
    {
        File.WriteAllBytes($"escaped-{args[0]}-{seed}-{runs}", mutant);
        throw;
    }

    double took = Worked() - before;
    for (int again = 0; again < 3 && took > 1; again++)
    {
        // The collector may have had other things to do.
        double start = Worked();
        target(mutant);
        took = Math.Min(took, Worked() - start);
    }

    if (took > slowest)
    {
        slowest = took;
        if (took > 1)
        {
            File.WriteAllBytes($"slow-{args[0]}-{seed}-{runs}", mutant);
        }
    }

    runs++;
}

Console.WriteLine($"{args[0]}: {runs} runs, slowest {slowest:0.000} s");
return 0;

static double Worked() => Environment.CpuUsage.TotalTime.TotalSeconds;
