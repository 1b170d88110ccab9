using VoiceClean;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;

// A file of any format into a WAV file, which appears complete or not at all.
var report = Cleaner.CleanFile("in.wav", "out.wav");
Console.WriteLine($"{report.Before?.IntegratedLufs:0.0} LUFS before, {report.After?.IntegratedLufs:0.0} after.");

// A stream into another, with options.
using Stream input = File.OpenRead("in.wav"), output = File.Create("out-24k.wav");
Cleaner.Clean(input, output, new CleaningOptions { SampleRate = 24_000 });

// Samples, mono, full scale ±1. What cannot honestly be cleaned is refused, this one for being silent.
try
{
    float[] cleaned = Cleaner.Clean(new float[44_100], sampleRate: 44_100).Samples;
}
catch (ClipRefusedException e)
{
    Console.WriteLine(e.Message);
}
