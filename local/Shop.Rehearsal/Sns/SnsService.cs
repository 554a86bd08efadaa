using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Sns;

/// <summary>Topics of one Region. Nobody is mailed: messages are kept for the control room and for approvals.</summary>
public sealed class SnsService(RegionPower power, TimeProvider time, ILogger<SnsService>? logger = null)
{
    private const int MostKept = 1000;
    private readonly ILogger _logger = logger ?? NullLogger<SnsService>.Instance;
    private readonly ConcurrentDictionary<string, string> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SnsMessage> _messages = new();

    public event Action<SnsMessage>? Published;

    public string Region => power.Region;

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<SnsMessage> Messages => _messages;

    public string CreateTopic(string name)
    {
        var arn = $"arn:aws:sns:{Region}:000000000000:{name}";
        _topics.TryAdd(arn, name);
        return arn;
    }

    /// <exception cref="AwsServiceException">NotFound, InvalidParameter.</exception>
    public SnsMessage Publish(string topicArn, string? subject, string body)
    {
        if (!power.IsOn)
        {
            throw new AwsServiceException("ServiceUnavailable", $"Region {Region} is lost.", 503);
        }

        if (!_topics.TryGetValue(topicArn, out var topic))
        {
            throw new AwsServiceException("NotFound", "Topic does not exist", 404);
        }

        if (body.Length == 0)
        {
            throw new AwsServiceException("InvalidParameter", "Invalid parameter: Empty message");
        }

        var message = new SnsMessage(Guid.CreateVersion7().ToString(), topicArn, subject, body, time.GetUtcNow());
        _messages.Enqueue(message);
        while (_messages.Count > MostKept)
        {
            _messages.TryDequeue(out _);
        }

        _logger.LogInformation("Message {Id} to {Topic} in {Region}: {Subject}", message.Id, topic, Region, subject);
        Published?.Invoke(message);
        return message;
    }
}
