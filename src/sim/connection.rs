//! Connections that can be made to break: for the faults of the network, which no HTTP library lets its server play.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// No limit.
const SOUND: usize = usize::MAX;

/// A listener whose connections can break.
pub(super) struct Breakable<L>(pub(super) L);

/// A handle on one connection, for whoever answers on it.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    /// How many bytes may still be written.
    left: Arc<AtomicUsize>,
}

impl Connection {
    /// Lets so many more bytes through and then closes the connection.
    pub(super) fn break_after(&self, bytes: usize) {
        self.left.fetch_min(bytes, Ordering::Relaxed);
    }
}

/// The connection itself.
pub(super) struct Stream<S> {
    stream: S,
    connection: Connection,
}

impl<L: Listener> Listener for Breakable<L> {
    type Io = Stream<L::Io>;
    type Addr = L::Addr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, peer) = self.0.accept().await;
        let connection = Connection { left: Arc::new(AtomicUsize::new(SOUND)) };
        (Stream { stream, connection }, peer)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl<L: Listener> Connected<IncomingStream<'_, Breakable<L>>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Breakable<L>>) -> Self {
        stream.io().connection.clone()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let left = self.connection.left.load(Ordering::Relaxed);
        if left == 0 {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, &bytes[..bytes.len().min(left)]);
        if let Poll::Ready(Ok(written)) = written
            && left != SOUND
        {
            // Not a plain subtraction: the limit may have become lower meanwhile.
            let less = |left: usize| Some(left.saturating_sub(written));
            let _ = self.connection.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        }
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.connection.left.load(Ordering::Relaxed) == SOUND {
            return Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        }
        let first = slices.iter().find(|slice| !slice.is_empty()).map_or(&[][..], |slice| slice);
        self.poll_write(context, first)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
