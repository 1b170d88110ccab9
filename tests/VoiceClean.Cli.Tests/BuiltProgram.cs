using System.Diagnostics;
using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Cli.Tests;

/// <summary>Runs the built program as a process of its own, as a shell script would.</summary>
internal static class BuiltProgram
{
    private static readonly Lazy<bool> ResetsSignals = new(() =>
    {
        if (!File.Exists("/usr/bin/env"))
        {
            return false;
        }

        using Process probe = Process.Start(
            new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", "true"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    });

    /// <summary>What a run left behind.</summary>
    public sealed record Result(int ExitCode, byte[] Output, string Errors)
    {
        public string Text => System.Text.Encoding.UTF8.GetString(Output);

        public JsonNode[] JsonLines =>
            [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>A recording that comes with the repository.</summary>
    public static string Sample(string name) => Path.Combine(RepositoryRoot(), "samples", name);

    /// <summary>Runs it to its end, with nothing on its standard input.</summary>
    public static Result Run(params string[] args) =>
        ResidentProgram.IsPossible ? ResidentProgram.Run(args) : RunAlone(args);

    /// <summary>Runs it to its end in a process of its own.</summary>
    public static Result RunAlone(params string[] args) => Run(args, null, null);

    /// <summary>
    /// Runs it to its end in a process of its own, with standard input and additional environment variables.
    /// </summary>
    public static Result Run(string[] args, byte[]? input, IReadOnlyDictionary<string, string>? environment)
    {
        using Process process = Start(args, environment);
        Task<byte[]> output = Task.Run(() =>
        {
            using var all = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(all);
            return all.ToArray();
        });
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            try
            {
                process.StandardInput.BaseStream.Write(input);
            }
            catch (IOException)
            {
                // It may refuse before it has read everything.
            }
        }

        process.StandardInput.Close();
        Await.Exit(process);
        return new Result(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts it with all three streams redirected.</summary>
    public static Process Start(string[] args, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A shell that runs the tests in the background (nohup, a CI agent) has them ignore signals, and children
        // inherit that; env (of GNU) undoes it.
        var start = new ProcessStartInfo(ResetsSignals.Value ? "/usr/bin/env" : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (ResetsSignals.Value)
        {
            start.ArgumentList.Add("--default-signal=INT,HUP,TERM");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll"));
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["LC_ALL"] = "C.UTF-8";        // what is compared is English
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    internal static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VoiceClean.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("The tests must run from within the repository.");
    }
}
