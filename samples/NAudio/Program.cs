// What an application does that records with NAudio: it has an ISampleProvider, wants the clean voice, and goes on with
// an ISampleProvider. Here the "recording" is a WAV file that NAudio reads, and the result is written by NAudio.
using System.Runtime.InteropServices;
using NAudio.Effects;
using NAudio.Wave;
using VoiceClean;
using VoiceClean.Audio;
using VoiceClean.Formats;
using VoiceClean.NAudio;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: NAudioSample IN.wav OUT.wav");
    return 2;
}

// 1. NAudio delivers samples …
using var recording = new WaveFileReader(args[0]);
using IAudioReader reader = recording.ToSampleProvider().AsAudioReader();

// 2. … VoiceClean cleans them …
var voice = new List<float>();
float[] block = new float[4096];
for (int count; (count = reader.Read(block)) > 0;)
{
    voice.AddRange(block.AsSpan(0, count));
}

CleanedSamples cleaned = Cleaner.Clean(CollectionsMarshal.AsSpan(voice), reader.Format.SampleRate);

// 3. … an effect of NAudio works like one of its stages …
using var clip = AudioClip.FromSamples("recording", cleaned.SampleRate, cleaned.Samples);
EffectStage stage = new EffectStage("dc-blocker", () => new DcBlockerEffect());
stage.Process(clip, CancellationToken.None);

// 4. … and NAudio goes on with the result.
WaveFileWriter.CreateWaveFile16(args[1], clip.AsSampleProvider());
Console.WriteLine($"{clip.Duration.TotalSeconds:0.0} s written to {args[1]}");
return 0;
