using System.Runtime.InteropServices;

namespace Shop.Rehearsal.Supervision;

internal static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Signals the process and everything in its session's group, such as helpers that an engine started.</summary>
    public static void SendToGroup(int pid, int signal)
    {
        // Until setsid has run there is no such group.
        if (SendSignal(-pid, signal) != 0)
        {
            _ = SendSignal(pid, signal);
        }
    }

    public static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
