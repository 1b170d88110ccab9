using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text;

namespace VoiceClean.Cli.Resident;

/// <summary>
/// Runs the command line again and again in one process, for tests: three quarters of what a short run costs is
/// compiling the program once more. Each run enters through the program's own <c>Main</c> and has descriptors 0, 1 and
/// 2 of its own, as if a shell had redirected them to files; only the compiled code is old. A request is a line of
/// JSON, an array of strings: the files for standard input, output and error, then the words. The answer is a line with
/// the exit code. It ends when nobody asks any more.
/// </summary>
internal static partial class Program
{
    private const int ReadOnly = 0, WriteOnly = 1;

    private static int Main()
    {
        MethodInfo entry = Assembly.Load("VoiceClean.Cli").EntryPoint!;
        // What the tests talk through moves out of the way of the descriptors that each run gets.
        using var requests = new StreamReader(new FileStream(Owned(Duplicate(0)), FileAccess.Read));
        using var answers = new StreamWriter(new FileStream(Owned(Duplicate(1)), FileAccess.Write))
        {
            AutoFlush = true,
        };
        while (requests.ReadLine() is { } line)
        {
            string[] request = JsonSerializer.Deserialize<string[]>(line)!;
            Redirect(request[0], ReadOnly, 0);
            Redirect(request[1], WriteOnly, 1);
            Redirect(request[2], WriteOnly, 2);
            Console.SetIn(new StreamReader(Console.OpenStandardInput()));
            Console.SetOut(Writer(Console.OpenStandardOutput()));
            Console.SetError(Writer(Console.OpenStandardError()));
            answers.WriteLine((int)entry.Invoke(null, [request[3..]])!);
        }

        return 0;
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Owned(int descriptor) => new(descriptor, true);

    private static void Redirect(string path, int mode, int descriptor)
    {
        int opened = Open(path, mode);
        if (opened < 0 || Duplicate(opened, descriptor) < 0 || Close(opened) < 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int mode);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
