using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/VoiceClean.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
