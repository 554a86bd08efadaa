using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Shop.Lambda.Alb;

/// <summary>One request through the application, and its answer.</summary>
internal sealed class AlbExchange<TContext>(IHttpApplication<TContext> application, AlbRequest request, ILambdaInvocation invocation, CancellationToken deadline)
    where TContext : notnull
{
    public async Task<AlbAnswer> RunAsync(ILogger log)
    {
        using var incoming = new AlbRequestFeatures(request, invocation.RequestId, deadline);
        using var response = new AlbResponseFeatures();
        var context = application.CreateContext(Features(incoming, response));
        Exception? failure = null;
        try
        {
            await application.ProcessRequestAsync(context);
            await response.FinishAsync();
            return new AlbAnswer(response.StatusCode, response.ReasonPhrase, response.Headers, response.Written);
        }
        catch (Exception exception)
        {
            failure = exception;
            Log.ApplicationFailed(log, exception);
            return new AlbAnswer(StatusCodes.Status500InternalServerError, null, new HeaderDictionary(), default);
        }
        finally
        {
            await CompleteAsync(response, log);
            application.DisposeContext(context, failure);
        }
    }

    private FeatureCollection Features(AlbRequestFeatures incoming, AlbResponseFeatures response)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(incoming);
        features.Set(invocation);
        features.Set<IHttpConnectionFeature>(incoming);
        features.Set<IHttpRequestIdentifierFeature>(incoming);
        features.Set<IHttpRequestLifetimeFeature>(incoming);
        features.Set<IHttpRequestBodyDetectionFeature>(incoming);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        return features;
    }

    private static async Task CompleteAsync(AlbResponseFeatures response, ILogger log)
    {
        try
        {
            await response.CompletedAsync();
        }
        catch (Exception exception)
        {
            Log.ApplicationFailed(log, exception);
        }
    }
}
