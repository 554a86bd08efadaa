using System.Net.Sockets;
using System.Text;

namespace Shop.Lambda.Sample;

/// <summary>The least that a function can do: polls and answers the same every time. What is slower than this is hosting.</summary>
internal static class RuntimeApiFloor
{
    private static readonly byte[] Poll = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();

    public static int Run()
    {
        var address = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!.Split(':');
        const string json = """{"statusCode":204,"statusDescription":"204 No Content","multiValueHeaders":{},"body":"","isBase64Encoded":false}""";
        var answer = Encoding.ASCII.GetBytes(
            $"POST /2018-06-01/runtime/invocation/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response HTTP/1.1\r\nHost: x\r\nContent-Length: {json.Length}\r\n\r\n{json}");
        var buffer = new byte[64 * 1024];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture));
        while (true)
        {
            // Each message of the measuring side comes in one piece: it is smaller than a loopback packet.
            socket.Send(Poll);
            if (socket.Receive(buffer) == 0)
            {
                return 0;
            }

            socket.Send(answer);
            if (socket.Receive(buffer) == 0)
            {
                return 0;
            }
        }
    }
}
