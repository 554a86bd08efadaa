using Microsoft.Playwright;
using Shop.Pictures;
using Shop.Rehearsal.Hosting;
using Shop.Testing;

// Takes the pictures of the store that the README shows, from the real thing: both Regions, real engines, a shopper who buys.
if (args is not [var folder])
{
    await Console.Error.WriteLineAsync("usage: Shop.Pictures FOLDER");
    return 2;
}

using var signals = new StopSignals();
Console.WriteLine("pictures: starting both Regions");
var options = new RehearsalOptions { AlarmIsArmed = false, CanaryInterval = TimeSpan.FromMinutes(1) };
await using var host = await RehearsalHost.StartAsync(Workspace.Find(), options, _ => { }, signals.Token);
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserPath.Find(), Args = ["--no-sandbox"] });
var album = new Album(Directory.CreateDirectory(folder).FullName);
await StoreTour.TakeAsync(browser, host.Store, album);
Console.WriteLine($"pictures: {album.Count} in {folder}, {album.Bytes / 1024} KB in all");
return 0;
