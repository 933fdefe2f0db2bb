import { type DragEvent, type ReactNode, useState } from 'react';
import './files.css';

type Props = { onFiles: (files: File[]) => void; children: ReactNode };

/** Takes files that are dropped anywhere on what it holds. */
export function DropZone({ onFiles, children }: Props) {
  const [isOver, setIsOver] = useState(false);
  function over(event: DragEvent) {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(true);
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    // A folder comes without bytes; it is sent as a zip.
    const files = [...event.dataTransfer.items].flatMap((item) => {
      const file = item.webkitGetAsEntry()?.isDirectory ? null : item.getAsFile();
      return file ? [file] : [];
    });
    if (files.length > 0) onFiles(files);
  }
  return (
    <div
      className="hosting-drop"
      data-over={isOver}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {children}
    </div>
  );
}
