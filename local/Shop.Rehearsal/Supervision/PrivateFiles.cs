namespace Shop.Rehearsal.Supervision;

/// <summary>Folders and files that only their owner may read: they hold sockets, passwords and databases.</summary>
public static class PrivateFiles
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw LinuxOnly();
        }

        return Directory.CreateDirectory(path, FileMode | UnixFileMode.UserExecute).FullName;
    }

    public static void Write(string path, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            throw LinuxOnly();
        }

        // The mode is set as the file is created: there is no moment in which others can open it.
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = System.IO.FileMode.Create, Access = FileAccess.Write, UnixCreateMode = FileMode,
        });
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }

    private static PlatformNotSupportedException LinuxOnly() => new("The rehearsal runs on Linux; on Windows use WSL.");
}
