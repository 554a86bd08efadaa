using System.Diagnostics;
using Shop.Rehearsal.Engines;

namespace Shop.Nemesis.Rows;

/// <summary>Puts the writer's data on a small disk in memory and fills it. Needs the right to mount, which a container's root may not have.</summary>
internal static class DiskFull
{
    public static async Task RunAsync(RowRun run)
    {
        var server = run.Store.ServerOf("orders", run.From);
        var data = server.DataDirectory;
        var aside = data + "-aside";
        await server.KillAsync();
        Directory.Move(data, aside);
        Directory.CreateDirectory(data);
        var size = (new DirectoryInfo(aside).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1024 / 1024) + 24;
        if (await CommandAsync("mount", "-t", "tmpfs", "-o", $"size={size}m", "tmpfs", data) != 0)
        {
            Directory.Delete(data);
            Directory.Move(aside, data);
            await StartAsync(run, server);
            throw new NotInjectableException("mounting a small disk needs root and CAP_SYS_ADMIN");
        }

        try
        {
            CopyInto(aside, data);
            await StartAsync(run, server);
            var first = await run.Store.PlaceAsync(2, run.Cancel, run.From);
            run.Prove("the store sells from the small disk", first.Count == 2);
            var filler = Path.Combine(data, "filler");
            Fill(filler);
            run.Injected($"the disk of {size} MB is full");
            var intent = run.Store.Catalog.Draw(run.Store.Random);
            var statuses = new List<int>();
            for (var i = 0; i < 30 && !statuses.Any(s => s is 503 or 0 or 502); i++)
            {
                Fill(filler);
                intent = run.Store.Catalog.Draw(run.Store.Random);
                statuses.Add((await run.Store.Buyer.SendOnceAsync(intent, run.From, run.Cancel)).Status);
            }

            run.Prove($"nothing more can be written ({new DriveInfo(data).AvailableFreeSpace} bytes free)", new DriveInfo(data).AvailableFreeSpace < 256 * 1024);
            run.Expect($"orders are refused with 503 ({string.Join(", ", statuses.TakeLast(4))})", statuses.LastOrDefault() == 503);
            var health = await run.Store.Buyer.GetAsync(run.From, "orders/health", run.Cancel);
            run.Say($"/orders/health answers {health.Status}");
            File.Delete(filler);
            run.EndBands();
            run.Expect("it recovers when there is room again", await run.Store.Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(90), run.Cancel, run.From) is { IsOk: true });
        }
        finally
        {
            await server.KillAsync();
            Directory.Delete(aside, recursive: true);
            Directory.CreateDirectory(aside);
            CopyInto(data, aside);
            File.Delete(Path.Combine(aside, "filler"));
            await CommandAsync("umount", data);
            Directory.Delete(data);
            Directory.Move(aside, data);
            await StartAsync(run, server);
        }
    }

    private static async Task StartAsync(RowRun run, MariaDbServer server)
    {
        await server.StartAsync(run.Cancel);
        await server.ExecuteAsync("SET GLOBAL read_only=0", run.Cancel);
        run.Host.Aurora.Global("orders").Route();
    }

    private static void Fill(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Append);
            var block = new byte[4096];
            while (true)
            {
                stream.Write(block);
                stream.Flush();
            }
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    private static void CopyInto(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    private static async Task<int> CommandAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

/// <summary>A row whose fault can't be had on this machine; the message says why.</summary>
internal sealed class NotInjectableException(string message) : Exception(message);
