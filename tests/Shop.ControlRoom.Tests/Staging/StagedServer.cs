using Shop.Rehearsal.ControlRoom;
using Shop.Rehearsal.ControlRoom.Live;

namespace Shop.ControlRoom.Tests.Staging;

/// <summary>The control room's real server over a staged room, with a client.</summary>
internal sealed class StagedServer : IAsyncDisposable
{
    private StagedServer(StagedRoom room, ControlRoomServer server)
    {
        Room = room;
        Server = server;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
    }

    public StagedRoom Room { get; }

    public ControlRoomServer Server { get; }

    public HttpClient Http { get; }

    public string Cookie => $"control-{Server.Address.Port}={Server.Access.Token}";

    public static async Task<StagedServer> StartAsync(CancellationToken cancellationToken, RoomView? view = null)
    {
        var room = new StagedRoom(view ?? Scenes.Well);
        return new StagedServer(room, await ControlRoomServer.StartAsync(room, cancellationToken));
    }

    public async Task<string> PageAsync(bool mayAct, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + query);
        if (mayAct)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        using var answer = await Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
