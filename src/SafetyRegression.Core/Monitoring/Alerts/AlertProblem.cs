namespace SafetyRegression;

/// <summary>Why an alert was not delivered: a closed set of words, because messages of transports may quote addresses, and addresses carry keys.</summary>
public enum AlertProblem
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The receiver did not answer in time.</summary>
    Timeout = 1,

    /// <summary>The receiver could not be reached.</summary>
    ConnectionFailed = 2,

    /// <summary>The receiver asks for fewer alerts.</summary>
    RateLimited = 3,

    /// <summary>The receiver failed.</summary>
    ServerError = 4,

    /// <summary>The receiver does not take it: a wrong key or a wrong form.</summary>
    Refused = 5,

    /// <summary>The receiver is gone for good.</summary>
    Gone = 6,

    /// <summary>The receiver sends callers elsewhere; keys are not carried after it.</summary>
    Redirected = 7,

    /// <summary>The receiver answers with success and says in the body that it failed.</summary>
    ErrorInBody = 8,

    /// <summary>Nobody listens.</summary>
    NobodyListens = 9,

    /// <summary>The sink threw.</summary>
    SinkFailed = 10,

    /// <summary>There is no route of that name any more.</summary>
    NoRoute = 11,
}
